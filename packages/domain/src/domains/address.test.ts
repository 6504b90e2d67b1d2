import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { domainOf, localPartOf, maskAddress, maskPhone, parseAddress } from './address.ts';

describe('reading an address', () => {
  it.each([
    [' Megan.Bowen@Contoso.Example ', 'megan.bowen@contoso.example'],
    ["o'neil+tag@sub.contoso.example", "o'neil+tag@sub.contoso.example"],
    ['"two words"@contoso.example', '"two words"@contoso.example'],
    ['jörg@müller.example', 'jörg@müller.example'],
    ['_dmarc@_x.contoso.example', '_dmarc@_x.contoso.example'],
  ])('takes %j as %j', (input, expected) => {
    expect(parseAddress(input)).toBe(expected);
  });

  it.each([
    '',
    'nobody',
    '@contoso.example',
    'a@b@contoso.example',
    'a b@contoso.example',
    '<a@contoso.example>',
    'a@-contoso.example',
    'a@contoso',
    'a\r\nRCPT TO:<b@contoso.example>@contoso.example',
    `${'a'.repeat(250)}@contoso.example`,
  ])('refuses %j', (input) => {
    expect(parseAddress(input)).toBeNull();
  });

  it('gives a form that reads as itself, whatever script it came in', () => {
    const part = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(part, part, (local, label) => {
        const once = parseAddress(`${local}@${label}.example`);
        expect(once === null ? null : parseAddress(once)).toBe(once);
      }),
      { examples: [['a', 'İstanbul']] },
    );
  });

  it('splits at the last @', () => {
    expect(domainOf('"a@b"@Contoso.example')).toBe('contoso.example');
    expect(localPartOf('"a@b"@contoso.example')).toBe('"a@b"');
  });
});

describe('masking', () => {
  it('leaves enough to recognise', () => {
    expect(maskAddress('megan.bowen@contoso.example')).toBe('m••••.b••••@contoso.example');
    expect(maskPhone('+4915123456789')).toBe('••89');
  });
});
