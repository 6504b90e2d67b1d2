import { describe, expect, test } from 'vitest';
import { unicodeDomain } from '../domains/domain-name.ts';
import { latinised, looksLikeDomain, skeletonOf } from './look-alike.ts';
import { warnOfSender, type SenderFacts } from './sender-warnings.ts';

const FACTS: SenderFacts = {
  from: { name: 'Tom Brandt', address: 'tom@northwind.example' },
  replyTo: [],
  ownDomains: ['contoso.example', 'contoso.co.example'],
  colleagues: [{ name: 'Megan Bowen', address: 'megan@contoso.example' }],
  isFirst: false,
  isVerified: true,
};

function kinds(change: Partial<SenderFacts>): readonly string[] {
  return warnOfSender({ ...FACTS, ...change }).map(({ kind }) => kind);
}
const from = (name: string, address: string): Partial<SenderFacts> => ({ from: { name, address } });

describe('a sender', () => {
  test('who is known and writes as always is not worth a word', () => {
    expect(kinds({})).toEqual([]);
    expect(kinds({ from: null, isFirst: true })).toEqual([]);
    expect(kinds(from('Megan Bowen', 'megan@contoso.example'))).toEqual([]);
  });

  test('with an address of ours is warned of unless it is proved', () => {
    expect(kinds({ ...from('', 'ceo@contoso.example'), isVerified: false })).toEqual([
      'own-domain-unproved',
    ]);
  });

  test.each([
    'Megan Bowen',
    'Bowen, Megan',
    'MEGAN  BOWEN',
    'Меgan Вowen',
    'Megan Bowen (Contoso)',
  ])('who bears the name of a colleague, written %s, and another address is warned of', (name) => {
    expect(kinds(from(name, 'megan.bowen@mail.example'))).toEqual(['colleague-name']);
  });

  test('whose name shows another address is warned of', () => {
    expect(kinds(from('boss@contoso.example', 'x@mail.example'))).toEqual(['address-in-name']);
    expect(kinds(from('tom@northwind.example', 'tom@northwind.example'))).toEqual([]);
  });

  test('who wants answers elsewhere is warned of, but not a newsletter with hosts of its own', () => {
    const to = (address: string) => ({ replyTo: [{ name: '', address }] });
    expect(kinds(to('tom@mail.example'))).toEqual(['reply-elsewhere']);
    expect(kinds(to('reply@bounce.northwind.example'))).toEqual([]);
  });

  test('who never wrote before is said to be new, unless it is a colleague', () => {
    expect(kinds({ isFirst: true })).toEqual(['first-time']);
    expect(kinds({ isFirst: true, ...from('', 'lee@contoso.example') })).toEqual([]);
  });
});

describe('a domain that looks like one of ours', () => {
  test.each([
    'cont0so.example',
    'соntoso.example',
    'contosso.example',
    'contso.example',
    'cotnoso.example',
    'contoso.example.evil.example',
    'contoso-example.evil',
    'c0nt0s0.example',
    'con-toso.example',
  ])('%s', (domain) => {
    expect(looksLikeDomain(domain, 'contoso.example')).toBe(true);
  });

  test.each(['contoso.example', 'mail.contoso.example', 'fabrikam.example', 'contour.example'])(
    'but not %s',
    (domain) => {
      expect(looksLikeDomain(domain, 'contoso.example')).toBe(false);
    },
  );

  test('is recognised behind its encoding', () => {
    expect(unicodeDomain('xn--bcher-kva.example')).toBe('bücher.example');
    expect(unicodeDomain('xn--80ak6aa92e.com')).toBe('аррӏе.com');
    expect(unicodeDomain('xn--!!!.example')).toBe('xn--!!!.example');
    const domain = 'xn--contos-1qf.example';
    expect(skeletonOf(unicodeDomain(domain))).toBe(skeletonOf('contoso.example'));
    expect(kinds(from('', `a@${domain}`))).toEqual(['look-alike-domain']);
  });
});

test('a name is looked for as it would be read', () => {
  expect(latinised('Воwеn')).toBe('bowen');
  expect(latinised('Willem 1l')).toBe('willem 1l');
  expect(latinised('Jürgen')).toBe('jürgen');
});
