import { describe, expect, test } from 'vitest';
import { checkSpf, type SpfWalk } from './spf-check.ts';
import { asksDns, parseSpf } from './spf-record.ts';

describe('an SPF record', () => {
  test('is taken apart', () => {
    const { terms, errors } = parseSpf(
      'v=spf1 +mx a:mail.contoso.example/24//64 ip4:203.0.113.0/24 ip6:2001:db8::/32 include:spf.example exists:%{i}._spf.example ?ptr redirect=_spf.example exp=why.example ~all',
    );
    expect(errors).toEqual([]);
    expect(terms.map(({ qualifier, kind, value }) => `${qualifier}${kind} ${value}`)).toEqual([
      '+mx null',
      '+a mail.contoso.example',
      '+ip4 203.0.113.0',
      '+ip6 2001:db8::',
      '+include spf.example',
      '+exists %{i}._spf.example',
      '?ptr null',
      '+redirect _spf.example',
      '+modifier why.example',
      '~all null',
    ]);
    expect(terms.filter(asksDns).map(({ kind }) => kind)).toEqual([
      'mx',
      'a',
      'include',
      'exists',
      'ptr',
      'redirect',
    ]);
  });

  test.each([
    'ip4:203.0.113.256',
    'ip4:203.0.113.0/33',
    'ip4:2001:db8::1',
    'ip6:203.0.113.1',
    'ip6:2001:db8::/129',
    'ipv4:203.0.113.1',
    'include',
    'include:nodots',
    'include:spf.example/24',
    'all:x',
    '-all.',
    'a/33',
    'exists',
    'redirect=',
    'redirect=a.example redirect=b.example',
    '%{q}',
    'mx,a',
  ])('with “%s” is invalid, and the term is named', (term) => {
    expect(parseSpf(`v=spf1 ${term} -all`).errors).not.toEqual([]);
  });
});

const walk: SpfWalk = {
  known: 'found',
  records: ['v=spf1 mx -all'],
  disagree: false,
  ttl: 300,
  lookups: 1,
  voids: [],
  errors: [],
  broken: [],
  circle: null,
  silent: [],
  plusAll: false,
  ends: true,
  ptr: false,
};
const codes = (change: Partial<SpfWalk>, result: Parameters<typeof checkSpf>[1] = 'pass') => {
  const check = checkSpf({ ...walk, ...change }, result);
  return `${check.result}: ${check.findings.map(({ code }) => code).join(', ')}`;
};

describe('SPF of a domain', () => {
  test('says what recipients make of our addresses', () => {
    expect(codes({})).toBe('good: spf-ours');
    expect(codes({}, 'softfail')).toBe('attention: spf-not-ours');
    expect(codes({}, null)).toBe('unknown: spf-not-told');
  });

  test.each([
    [{ records: [] }, 'attention: spf-absent'],
    [{ known: 'unknown' as const }, 'unknown: spf-silent'],
    [{ records: ['v=spf1 -all', 'v=spf1 mx'] }, 'problem: spf-several, spf-ours'],
    [{ lookups: 11 }, 'problem: spf-lookups, spf-ours'],
    [{ lookups: 10 }, 'note: spf-lookups-close, spf-ours'],
    [{ voids: ['a.example', 'b.example'] }, 'good: spf-ours'],
    [{ voids: ['a.example', 'b.example', 'c.example'] }, 'problem: spf-void, spf-ours'],
    [{ plusAll: true }, 'problem: spf-plus-all'],
    [{ broken: ['gone.example'] }, 'problem: spf-broken-include, spf-ours'],
    [{ circle: 'a.example' }, 'problem: spf-circle, spf-ours'],
    [{ silent: ['slow.example'] }, 'unknown: spf-silent, spf-ours'],
    [{ ends: false, ptr: true }, 'note: spf-no-end, spf-ptr, spf-ours'],
  ])('%o is %s', (change, expected) => {
    expect(codes(change)).toBe(expected);
  });
});
