import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareLists, type PlacedEntry } from './list-difference.ts';

const entry = (value: string, change: Partial<PlacedEntry> = {}): PlacedEntry => ({
  kind: 'block',
  type: 'address',
  value,
  forDomain: null,
  forUserId: null,
  expiresAt: null,
  ...change,
});

describe('two lists side by side', () => {
  it('tells apart what is the same, here only, there only, and said differently', () => {
    const result = compareLists(
      [entry('same@x'), entry('here@x'), entry('other@x'), entry('end@x', { expiresAt: 5 })],
      [entry('same@x'), entry('there@x'), entry('other@x', { kind: 'allow' }), entry('end@x')],
    );
    expect(result.same).toBe(1);
    expect(result.onlyHere.map(({ value }) => value)).toEqual(['here@x']);
    expect(result.onlyThere.map(({ value }) => value)).toEqual(['there@x']);
    expect(result.different.map(({ here, there }) => [here.value, there.kind])).toEqual([
      ['other@x', 'allow'],
      ['end@x', 'block'],
    ]);
  });

  it('keeps those for different recipients apart', () => {
    const result = compareLists(
      [entry('a@x', { forDomain: 'contoso.example' })],
      [entry('a@x'), entry('a@x', { forUserId: 'ada' })],
    );
    expect(result).toMatchObject({ same: 0, different: [] });
    expect([result.onlyHere.length, result.onlyThere.length]).toEqual([1, 2]);
  });

  it('pairs what is equal before what is merely about the same sender', () => {
    const allow = entry('a@x', { kind: 'allow' });
    const result = compareLists([allow, entry('a@x')], [entry('a@x')]);
    expect(result).toMatchObject({ same: 1, onlyHere: [allow], different: [] });
  });

  it('loses nothing and counts nothing twice', () => {
    const some = fc.array(
      fc.record({
        kind: fc.constantFrom('allow' as const, 'block' as const),
        type: fc.constant('address' as const),
        value: fc.constantFrom('a@x', 'b@x', 'c@x'),
        forDomain: fc.constantFrom(null, 'contoso.example'),
        forUserId: fc.constant(null),
        expiresAt: fc.constantFrom(null, 5),
      }),
    );
    fc.assert(
      fc.property(some, some, (here, there) => {
        const { same, different, onlyHere, onlyThere } = compareLists(here, there);
        expect(same + different.length + onlyHere.length).toBe(here.length);
        expect(same + different.length + onlyThere.length).toBe(there.length);
      }),
    );
  });
});
