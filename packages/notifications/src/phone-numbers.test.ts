import { describe, expect, it } from 'vitest';
import { createPhoneNumbers } from './phone-numbers.ts';

const phones = createPhoneNumbers();

describe('reading a number', () => {
  it.each([
    ['0151 23456789', 'DE', '+4915123456789', 'DE', true],
    ['+49 (0)30 901820', 'US', '+4930901820', 'DE', false],
    ['030 901820', 'DE', '+4930901820', 'DE', false],
    ['0049 151 23456789', 'US', '+4915123456789', 'DE', true],
    ['(425) 555-0109', 'us', '+14255550109', 'US', true],
    ['07400 123456', 'GB', '+447400123456', 'GB', true],
    ['020 7946 0958', 'GB', '+442079460958', 'GB', false],
    ['06 12 34 56 78', 'FR', '+33612345678', 'FR', true],
    ['+41 78 123 45 67', 'nowhere', '+41781234567', 'CH', true],
  ])('%s in %s', (input, country, e164, found, canReceiveSms) => {
    expect(phones.read(input, country)).toEqual({
      ok: true,
      e164,
      country: found,
      canReceiveSms,
      canBeCalled: true,
    });
  });

  it.each([
    ['0900 1 123456', 'DE', 'premium rate'],
    ['0800 1234567', 'DE', 'toll-free'],
    ['0180 1 123456', 'DE', 'shared cost'],
    ['+1 900 234 5678', 'US', 'premium rate'],
    ['+870 773 111 632', 'DE', 'satellite'],
  ])('%s in %s, %s, is neither texted nor called', (input, country) => {
    const reading = phones.read(input, country);
    expect(reading.ok && reading.canBeCalled).toBe(false);
  });

  it.each([
    ['', 'DE', 'not-a-number'],
    ['call me', 'DE', 'not-a-number'],
    ['1', 'DE', 'too-short'],
    ['+49 1', 'DE', 'too-short'],
    ['0151 234567891234567890', 'DE', 'too-long'],
    ['0151 23456789', 'XX', 'unknown-country'],
    ['+999 123456', 'DE', 'unknown-country'],
    ['please use 0151 23456789', 'DE', 'not-a-number'],
  ])('%j in %s is %s', (input, country, reason) => {
    expect(phones.read(input, country)).toEqual({ ok: false, reason });
  });
});

describe('countries to choose from', () => {
  it('are named and sorted', () => {
    const countries = phones.countries('en');
    expect(countries).toContainEqual({ code: 'DE', name: 'Germany', callingCode: '+49' });
    expect(countries.length).toBeGreaterThan(200);
    const names = countries.map(({ name }) => name);
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')));
  });
});
