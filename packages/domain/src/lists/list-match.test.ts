import { describe, expect, it } from 'vitest';
import type { FilterLists, ListEntry } from './filter-lists.ts';
import { matchList, matchUserLists } from './list-match.ts';

describe('matching', () => {
  const address: ListEntry = { kind: 'allow', type: 'address', value: 'ann@partner.example' };
  const domain: ListEntry = { kind: 'allow', type: 'domain', value: 'partner.example' };
  const range: ListEntry = { kind: 'allow', type: 'range', value: '203.0.113.0/24' };
  const lists: FilterLists = { entries: [range, domain, address] };
  const subject = {
    clientIp: '203.0.113.7',
    envelopeFrom: 'bounce@mailer.example',
    headerFrom: 'Ann@Partner.example',
    at: 1000,
  };

  it('prefers the most specific type', () => {
    expect(matchList(lists, 'allow', subject)).toEqual(address);
    expect(
      matchList(lists, 'allow', { ...subject, headerFrom: 'bob@sub.partner.example' }),
    ).toEqual(domain);
    expect(matchList(lists, 'allow', { ...subject, headerFrom: null })).toEqual(range);
  });

  it('looks at the envelope sender as well, and not at the null sender', () => {
    const elsewhere = { ...subject, clientIp: '198.51.100.1', headerFrom: null };
    expect(
      matchList(lists, 'allow', { ...elsewhere, envelopeFrom: 'ANN@partner.example' }),
    ).toEqual(address);
    expect(matchList(lists, 'allow', { ...elsewhere, envelopeFrom: '' })).toBeNull();
  });

  it('keeps the kinds apart, and a look-alike domain out', () => {
    expect(matchList(lists, 'block', subject)).toBeNull();
    expect(
      matchList({ entries: [domain] }, 'allow', { ...subject, headerFrom: 'x@notpartner.example' }),
    ).toBeNull();
  });

  it('an entry for the domain alone leaves out what lies in it', () => {
    const only: ListEntry = { kind: 'allow', type: 'domain-only', value: 'partner.example' };
    const from = (headerFrom: string) =>
      matchList({ entries: [only] }, 'allow', { ...subject, headerFrom });
    expect(from('bob@partner.example')).toEqual(only);
    expect(from('bob@sub.partner.example')).toBeNull();
  });

  it('an entry that has run out says nothing, and hides no other', () => {
    const expired: ListEntry = { ...address, expiresAt: 1000 };
    expect(matchList({ entries: [expired] }, 'allow', subject)).toBeNull();
    expect(matchList({ entries: [expired, domain] }, 'allow', subject)).toEqual(domain);
    expect(
      matchList({ entries: [{ ...address, expiresAt: 1001 }] }, 'allow', subject),
    ).not.toBeNull();
    const ranges = { entries: [{ ...range, expiresAt: 1 }, range] };
    expect(matchList(ranges, 'allow', { ...subject, headerFrom: null })).toEqual(range);
  });

  it('a sender matches in whichever form its domain is written', () => {
    const entry: ListEntry = { kind: 'block', type: 'domain', value: 'xn--bcher-kva.example' };
    for (const headerFrom of [
      'a@bücher.example',
      'A@BÜCHER.example',
      'a@mail.xn--bcher-kva.example',
    ])
      expect(matchList({ entries: [entry] }, 'block', { ...subject, headerFrom })).toEqual(entry);
  });

  describe('of one user', () => {
    const allow = (type: ListEntry['type'], value: string): ListEntry => ({
      kind: 'allow',
      type,
      value,
    });
    const block = (type: ListEntry['type'], value: string): ListEntry => ({
      kind: 'block',
      type,
      value,
    });

    it.each([
      [
        'an address allowed in a blocked domain',
        [block('domain', 'partner.example'), allow('address', 'ann@partner.example')],
        'allow',
      ],
      [
        'an address blocked in an allowed domain',
        [allow('domain', 'partner.example'), block('address', 'ann@partner.example')],
        'block',
      ],
      [
        'the same on both lists',
        [allow('domain', 'partner.example'), block('domain', 'partner.example')],
        'block',
      ],
      ['only allowed', [allow('domain', 'partner.example')], 'allow'],
    ] as const)('%s: %#', (_what, entries, kind) => {
      expect(matchUserLists({ entries }, subject)?.kind).toBe(kind);
    });

    it('nothing that applies is nothing', () => {
      expect(matchUserLists({ entries: [] }, subject)).toBeNull();
    });
  });
});
