import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readListEntry, readTenantListEntry, writeListEntry } from './filter-lists.ts';
import { parseIpRange } from './ip-range.ts';

const own = ['contoso.example', 'mail.fabrikam.example'];

describe('reading an entry', () => {
  it.each([
    ['Ann@Partner.Example', 'address', 'ann@partner.example'],
    ['partner.example', 'domain', 'partner.example'],
    ['@partner.example', 'domain', 'partner.example'],
    ['*@partner.example', 'domain', 'partner.example'],
    ['*.partner.example', 'domain', 'partner.example'],
    ['203.0.113.7', 'range', '203.0.113.7'],
    ['203.0.113.0/24', 'range', '203.0.113.0/24'],
    ['203.0.113.1-203.0.113.9', 'range', '203.0.113.1-203.0.113.9'],
    ['2001:DB8:1::/48', 'range', '2001:db8:1::/48'],
    ['=Partner.example', 'domain-only', 'partner.example'],
    ['bücher.example', 'domain', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'domain', 'xn--bcher-kva.example'],
    ['Jürgen@Bücher.example', 'address', 'jürgen@xn--bcher-kva.example'],
  ] as const)('%s is a %s', (input, type, value) => {
    expect(readListEntry('allow', input, own)).toEqual({
      ok: true,
      entry: { kind: 'allow', type, value },
    });
  });

  it.each([
    ['', 'not-an-entry'],
    ['com', 'not-an-entry'],
    ['*.com', 'not-an-entry'],
    ['=ann@partner.example', 'not-an-entry'],
    ['203.0.113.256', 'not-an-entry'],
    ['203.0.113.9-203.0.113.1', 'not-an-entry'],
    ['a b', 'not-an-entry'],
    ['http://partner.example/', 'not-an-entry'],
    ['203.0.112.0/23', 'range-too-wide'],
    ['0.0.0.0/0', 'range-too-wide'],
    ['2001:db8::/32', 'range-too-wide'],
    ['::ffff:0.0.0.0/96', 'range-too-wide'],
    ['::/48', 'range-too-wide'],
    ['contoso.example', 'own-domain'],
    ['ceo@contoso.example', 'own-domain'],
    ['fabrikam.example', 'own-domain'],
    ['=contoso.example', 'own-domain'],
  ] as const)('%j is refused: %s', (input, refusal) => {
    expect(readListEntry('allow', input, own)).toEqual({ ok: false, refusal });
  });

  it('blocking an own domain is the administrator’s to decide', () => {
    expect(readListEntry('block', 'contoso.example', own).ok).toBe(true);
  });

  it('a domain alone may lie above an own one, since it does not cover that', () => {
    expect(readListEntry('allow', '=fabrikam.example', own).ok).toBe(true);
  });

  it('an own domain is found in either of its forms', () => {
    expect(readListEntry('allow', 'xn--bcher-kva.example', ['bücher.example']).ok).toBe(false);
    expect(readListEntry('allow', 'bücher.example', ['xn--bcher-kva.example']).ok).toBe(false);
  });

  it('a whole top-level domain can be blocked, as Office 365 can', () => {
    const reading = readListEntry('block', '*.tk', own);
    expect(reading).toEqual({ ok: true, entry: { kind: 'block', type: 'domain', value: 'tk' } });
  });

  it('what is written is read as the same entry', () => {
    for (const text of ['=partner.example', '*.tk', 'partner.example', 'ann@partner.example']) {
      const reading = readListEntry('block', text, own);
      expect(reading.ok && writeListEntry(reading.entry)).toBe(text);
    }
  });

  it('no entry ever covers more than 256 IPv4 addresses, in whatever notation', () => {
    const notation = fc.oneof(
      fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([ip, bits]) => `${ip}/${bits}`),
      fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })).map(([ip, bits]) => `${ip}/${bits}`),
      fc
        .tuple(fc.ipV4(), fc.integer({ min: 0, max: 128 }))
        .map(([ip, bits]) => `::ffff:${ip}/${bits}`),
      fc.tuple(fc.ipV4(), fc.ipV4()).map(([from, to]) => `${from}-${to}`),
    );
    const block = parseIpRange('0.0.0.0/0');
    fc.assert(
      fc.property(notation, (input) => {
        const reading = readListEntry('allow', input, own);
        if (!reading.ok) return;
        expect(reading.entry.type).toBe('range');
        const range = parseIpRange(input);
        if (range === null || block === null) throw new Error(`accepted ${input}`);
        const first = range.first > block.first ? range.first : block.first;
        const last = range.last < block.last ? range.last : block.last;
        expect(last - first + 1n <= 256n).toBe(true);
      }),
    );
  });
});

describe('reading an entry of Office 365', () => {
  it.each([
    ['partner.example', 'domain-only', 'partner.example'],
    ['@partner.example', 'domain-only', 'partner.example'],
    ['*.partner.example', 'domain', 'partner.example'],
    ['BÜCHER.example', 'domain-only', 'xn--bcher-kva.example'],
    ['Ann@Partner.Example', 'address', 'ann@partner.example'],
    [
      '%22bad%2B%20attacker%22@fourthcoffee.example',
      'address',
      '"bad+ attacker"@fourthcoffee.example',
    ],
    ['100%@partner.example', 'address', '100%@partner.example'],
    ['203.0.113.0/24', 'range', '203.0.113.0/24'],
    ['2001:db8:1::/48', 'range', '2001:db8:1::/48'],
  ] as const)('%s is a %s', (input, type, value) => {
    expect(readTenantListEntry('block', input, own)).toEqual({
      ok: true,
      entry: { kind: 'block', type, value },
    });
  });

  it('an allowed domain lets nobody in who merely has a name below it', () => {
    expect(readTenantListEntry('allow', 'onmicrosoft.com', own)).toMatchObject({
      entry: { type: 'domain-only' },
    });
  });
});
