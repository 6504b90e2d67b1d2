import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchList, readListEntry, type FilterLists, type ListEntry } from './filter-lists.ts';
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
  ] as const)('%s is a %s', (input, type, value) => {
    expect(readListEntry('allow', input, own)).toEqual({
      ok: true,
      entry: { kind: 'allow', type, value },
    });
  });

  it.each([
    ['', 'not-an-entry'],
    ['com', 'not-an-entry'],
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
  ] as const)('%j is refused: %s', (input, refusal) => {
    expect(readListEntry('allow', input, own)).toEqual({ ok: false, refusal });
  });

  it('blocking an own domain is the administrator’s to decide', () => {
    expect(readListEntry('block', 'contoso.example', own).ok).toBe(true);
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

describe('matching', () => {
  const address: ListEntry = { kind: 'allow', type: 'address', value: 'ann@partner.example' };
  const domain: ListEntry = { kind: 'allow', type: 'domain', value: 'partner.example' };
  const range: ListEntry = { kind: 'allow', type: 'range', value: '203.0.113.0/24' };
  const lists: FilterLists = { entries: [range, domain, address] };
  const subject = {
    clientIp: '203.0.113.7',
    envelopeFrom: 'bounce@mailer.example',
    headerFrom: 'Ann@Partner.example',
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
});
