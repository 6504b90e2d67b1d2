import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiDomain, unicodeDomain } from './domain-name.ts';

describe('one name in its two forms', () => {
  it.each([
    ['bücher.example', 'xn--bcher-kva.example'],
    ['mañana.example', 'xn--maana-pta.example'],
    ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
    ['правда.рф', 'xn--80aafi6cg.xn--p1ai'],
    ['straße.example', 'xn--strae-oqa.example'],
    ['sub.bücher.example', 'sub.xn--bcher-kva.example'],
  ])('%s is %s', (unicode, ascii) => {
    expect(asciiDomain(unicode)).toBe(ascii);
    expect(unicodeDomain(ascii)).toBe(unicode);
  });

  it('is the same however it is written', () => {
    expect(asciiDomain('BÜCHER.Example')).toBe(asciiDomain('bu\u0308cher.example'));
    expect(asciiDomain('bücher。example')).toBe('xn--bcher-kva.example');
    expect(asciiDomain('Partner.Example')).toBe('partner.example');
  });

  it('stays as it is when it is no valid name', () => {
    for (const name of ['xn--', 'xn--a-.example', 'xn--99999999999.example', 'xn--ü.example'])
      expect(unicodeDomain(name)).toBe(name);
    expect(asciiDomain(`${'ü'.repeat(70)}.example`)).toBe(`${'ü'.repeat(70)}.example`);
  });

  it('comes back from one form to the other, whatever it is', () => {
    const label = fc
      .stringMatching(/^[a-zäöüßçñ例え本]{1,20}$/u)
      .map((text) => text.normalize('NFKC'));
    fc.assert(
      fc.property(label, (text) => {
        expect(unicodeDomain(asciiDomain(`${text}.example`))).toBe(`${text}.example`);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => typeof unicodeDomain(`xn--${text}`) === 'string'));
  });
});
