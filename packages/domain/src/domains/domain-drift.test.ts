import { describe, expect, test } from 'vitest';
import { finding, settleCheck, type DomainCheckName, type FindingCode } from './domain-check.ts';
import { decideDrift, NO_BASELINE, type DriftBaseline, type DriftFacts } from './domain-drift.ts';
import { DAY } from '../instant.ts';

const NOW = Date.UTC(2026, 10, 25);
const check = (name: DomainCheckName, codes: readonly FindingCode[], ttl: number | null = 300) =>
  settleCheck(
    name,
    codes.map((code) => finding(code, 'mx1.holdfast.example')),
    { seen: ['seen'], ttl },
  );
const DMARC = {
  known: 'found',
  policy: 'none',
  name: '_dmarc.contoso.example',
  text: 'v=DMARC1; p=none',
  inherited: false,
  testing: false,
  several: false,
  problems: [],
  ttl: 300,
} as const;
const facts: DriftFacts = {
  now: NOW,
  state: 'correct',
  checks: [check('mx', ['mx-here']), check('spf', ['spf-ours'])],
  keys: [{ selector: 'holdfast1', state: 'correct', texts: ['v=DKIM1'] }],
  spf: 'pass',
  spfKnown: true,
  dmarc: DMARC,
  proved: true,
};
const right: DriftBaseline = { ttl: 300, ttlSince: NOW - 2 * DAY, spfPassed: true, dmarc: 'none' };
const kinds = (change: Partial<DriftFacts>, before = right) =>
  decideDrift(before, { ...facts, ...change }).drifts.map(({ kind, level }) => `${kind} ${level}`);

describe('a change in DNS', () => {
  test('is none while all is as it was, and what is right is remembered', () => {
    expect(decideDrift(NO_BASELINE, facts)).toEqual({
      drifts: [],
      undecided: [],
      baseline: { ttl: 300, ttlSince: NOW, spfPassed: true, dmarc: 'none' },
    });
  });

  test.each([
    ['away', { state: 'drifted', checks: [check('mx', ['mx-not-yet'])] }, 'mx-away problem'],
    ['gone', { state: 'drifted', checks: [check('mx', ['mx-absent'])] }, 'mx-away problem'],
    [
      'a second',
      { state: 'drifted', checks: [check('mx', ['mx-office365-left'])] },
      'mx-second problem',
    ],
    ['longer', { checks: [check('mx', ['mx-here'], 86_400)] }, 'mx-ttl-raised attention'],
  ] as const)('of MX is told: %s', (_what, change, expected) => {
    expect(kinds(change)).toEqual([expected]);
  });

  test('of the TTL is learnt for a day first: a cache shows less than there is', () => {
    const young = { ...right, ttlSince: NOW - 1000 };
    const checks = [check('mx', ['mx-here'], 86_400)];
    const decided = decideDrift(young, { ...facts, checks });
    expect(decided.drifts).toEqual([]);
    expect(decided.baseline.ttl).toBe(86_400);
  });

  test('of what proves our mail is worse when nothing else proves it', () => {
    expect(kinds({ spf: 'softfail' })).toEqual(['spf-gone attention']);
    expect(kinds({ spf: 'fail', proved: false })).toEqual(['spf-gone problem']);
    expect(kinds({ spf: 'fail' }, { ...right, spfPassed: false })).toEqual([]);
    const key = (texts: readonly string[]) => ({
      keys: [{ selector: 'holdfast1', state: 'drifted' as const, texts }],
    });
    expect(kinds(key([]))).toEqual(['dkim-gone attention']);
    expect(kinds({ ...key(['p=other']), proved: false })).toEqual(['dkim-changed problem']);
  });

  test('of DMARC is told when it becomes stricter than none', () => {
    const policy = (one: 'none' | 'quarantine' | 'reject') => ({
      dmarc: { ...DMARC, policy: one },
    });
    expect(kinds(policy('reject'))).toEqual(['dmarc-stricter attention']);
    expect(kinds({ ...policy('quarantine'), proved: false })).toEqual(['dmarc-stricter problem']);
    expect(kinds(policy('none'), { ...right, dmarc: 'absent' })).toEqual([]);
    expect(kinds(policy('quarantine'), { ...right, dmarc: 'reject' })).toEqual([]);
    expect(kinds(policy('reject'), { ...right, dmarc: null })).toEqual([]);
  });

  test('of policies for senders counts once MX points here', () => {
    const policies = [check('mta-sts', ['sts-without-us']), check('dane', ['dane-mismatch'])];
    const here = [check('mx', ['mx-here']), ...policies];
    expect(kinds({ checks: here })).toEqual(['sts-without-us problem', 'tlsa-wrong problem']);
    expect(kinds({ state: 'wrong', checks: [check('mx', ['mx-not-yet']), ...policies] })).toEqual(
      [],
    );
  });

  test('is not concluded from silence, and silence ends none', () => {
    const silent = decideDrift(right, {
      ...facts,
      state: 'drifted',
      checks: [check('mx', ['mx-silent'], null), check('mta-sts', ['sts-unreachable'])],
      keys: [{ selector: 'holdfast1', state: 'drifted', texts: null }],
      spf: null,
      dmarc: { ...DMARC, known: 'unknown' },
    });
    expect(silent).toMatchObject({ drifts: [], baseline: right });
    expect(silent.undecided).toEqual([
      'mx-away',
      'mx-second',
      'mx-ttl-raised',
      'spf-gone',
      'dkim-gone',
      'dkim-changed',
      'dmarc-stricter',
      'sts-without-us',
    ]);
  });
});
