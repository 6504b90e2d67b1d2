import { describe, expect, test } from 'vitest';
import { everyValue, settleAnswers, silenceOf, type ResolverAnswer } from './dns-reading.ts';

const answer = (change: Partial<ResolverAnswer<string>>): ResolverAnswer<string> => ({
  resolver: '192.0.2.53',
  outcome: 'found',
  values: ['a'],
  ttl: 300,
  aliases: [],
  authoritative: false,
  authenticated: false,
  detail: null,
  ...change,
});
const silent = answer({ outcome: 'silent', values: [], ttl: null, detail: 'timeout' });
const absent = answer({ outcome: 'absent', values: [], ttl: null });

describe('several resolvers', () => {
  test('that say the same are one answer, with the longest of their TTLs', () => {
    const reading = settleAnswers([
      answer({ values: ['a', 'b'], ttl: 12 }),
      answer({ values: ['b', 'a'], ttl: 290 }),
    ]);
    expect(reading).toMatchObject({ known: 'found', values: ['a', 'b'], ttl: 290 });
    expect(reading.disagree).toBe(false);
  });

  test('have no say when they are silent or fail, and silence is not absence', () => {
    const failed = answer({ outcome: 'failed', values: [], ttl: null, detail: 'SERVFAIL' });
    expect(settleAnswers([silent, answer({})])).toMatchObject({ known: 'found', disagree: false });
    expect(settleAnswers([silent, absent])).toMatchObject({ known: 'absent', disagree: false });
    const nothing = settleAnswers([silent, failed]);
    expect(nothing).toMatchObject({ known: 'unknown', values: [], ttl: null });
    expect(silenceOf(nothing)).toBe('192.0.2.53: timeout; 192.0.2.53: SERVFAIL');
  });

  test('that differ are told; the zone’s own server wins, then the most, then the first', () => {
    const [old, fresh] = [answer({ values: ['old'], ttl: 40 }), answer({ values: ['new'] })];
    expect(settleAnswers([old, fresh])).toMatchObject({ values: ['old'], disagree: true, ttl: 40 });
    expect(settleAnswers([old, fresh, fresh]).values).toEqual(['new']);
    expect(settleAnswers([fresh, fresh, { ...old, authoritative: true }]).values).toEqual(['old']);
    expect(everyValue(settleAnswers([old, fresh, absent]))).toEqual(['old', 'new']);
  });

  test('must all have validated DNSSEC for it to count', () => {
    const signed = answer({ authenticated: true });
    expect(settleAnswers([signed, signed]).authenticated).toBe(true);
    expect(settleAnswers([signed, answer({})]).authenticated).toBe(false);
    expect(settleAnswers([]).authenticated).toBe(false);
  });
});
