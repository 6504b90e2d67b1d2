import { describe, expect, test } from 'vitest';
import { isSpfRecord, mergeSpf, spfByInclude, spfMechanisms, worstSpf } from './sender-policy.ts';

const OURS = spfMechanisms(['203.0.113.25', '203.0.113.64/27'], null);

describe('the SPF record to enter', () => {
  test('names each of our addresses, or the include that lists them', () => {
    expect(OURS).toEqual(['ip4:203.0.113.25', 'ip4:203.0.113.64/27']);
    expect(spfMechanisms(['2001:db8::25'], null)).toEqual(['ip6:2001:db8::25']);
    expect(spfMechanisms(['203.0.113.25'], 'spf.mail.example')).toEqual([
      'include:spf.mail.example',
    ]);
  });

  test.each([
    [
      'before the end of the record that is there',
      ['v=spf1 include:spf.protection.outlook.com -all'],
      'v=spf1 ip4:203.0.113.25 ip4:203.0.113.64/27 include:spf.protection.outlook.com -all',
    ],
    [
      'only what is missing',
      ['v=spf1 +IP4:203.0.113.25 mx ~all'],
      'v=spf1 ip4:203.0.113.64/27 +IP4:203.0.113.25 mx ~all',
    ],
    [
      'before a redirect',
      ['v=spf1 redirect=_spf.contoso.example'],
      'v=spf1 ip4:203.0.113.25 ip4:203.0.113.64/27 redirect=_spf.contoso.example',
    ],
    [
      'at the end of a record that has none',
      ['v=spf1 mx'],
      'v=spf1 ip4:203.0.113.25 ip4:203.0.113.64/27 mx',
    ],
    [
      'into a new record that allows Office 365 as well',
      [],
      'v=spf1 include:spf.protection.outlook.com ip4:203.0.113.25 ip4:203.0.113.64/27 ~all',
    ],
    [
      'into one record made of two, with the milder end',
      ['v=spf1 mx -all', 'v=spf1 mx a ip4:203.0.113.25 ~all'],
      'v=spf1 ip4:203.0.113.64/27 mx a ip4:203.0.113.25 ~all',
    ],
  ])('has it %s', (_where, records, expected) => {
    expect(mergeSpf(records, OURS)).toBe(expected);
  });

  test('is nothing when all of it is there, and two records are merged even then', () => {
    const whole = 'v=spf1 ip4:203.0.113.25 ip4:203.0.113.64/27 -all';
    expect(mergeSpf([whole], OURS)).toBeNull();
    expect(mergeSpf([whole, 'v=spf1 mx -all'], OURS)).toBe(
      'v=spf1 ip4:203.0.113.25 ip4:203.0.113.64/27 mx -all',
    );
  });

  test('passes by the include alone when the addresses are not known', () => {
    const include = 'spf.provider.example';
    expect(spfByInclude([`v=spf1 include:${include} -all`], include, 2)).toBe('pass');
    expect(spfByInclude([`v=spf1 include:${include} -all`], include, 11)).toBe('permerror');
    expect(spfByInclude(['v=spf1 mx -all'], include, 1)).toBe('fail');
    expect(spfByInclude(['v=spf1 mx ~all'], include, 1)).toBe('softfail');
    expect(spfByInclude(['v=spf1 mx', 'v=spf1 a'], include, 1)).toBe('permerror');
    expect(spfByInclude([], include, 0)).toBe('none');
  });

  test('is told from other TXT records', () => {
    expect(['v=spf1', 'V=SPF1 -all', ' v=spf1 mx'].every(isSpfRecord)).toBe(true);
    expect(['v=spf10 mx', 'spf1', 'google-site-verification=1'].some(isSpfRecord)).toBe(false);
  });

  test('is only as good as the worst of our addresses', () => {
    expect(worstSpf(['pass', 'softfail'])).toBe('softfail');
    expect(worstSpf(['pass', 'pass'])).toBe('pass');
    expect(worstSpf(['temperror', 'fail'])).toBe('fail');
    expect(worstSpf([])).toBe('none');
  });
});
