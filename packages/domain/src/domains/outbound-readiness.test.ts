import { describe, expect, test } from 'vitest';
import { decideReplyFate, repliesFail, type OutboundFacts } from './outbound-readiness.ts';

const fate = (change: Partial<OutboundFacts>) =>
  decideReplyFate({ signed: false, spf: 'softfail', dmarc: null, ...change });

describe('a reply from an emergency mailbox', () => {
  test('is accepted with a signature or an SPF pass alone, whatever the policy', () => {
    expect(fate({ signed: true, spf: 'fail', dmarc: 'reject' })).toBe('accepted');
    expect(fate({ signed: true, spf: null, dmarc: 'reject' })).toBe('accepted');
    expect(fate({ spf: 'pass', dmarc: 'reject' })).toBe('accepted');
  });

  test('meets what the domain itself asks for when neither holds', () => {
    expect(fate({ dmarc: 'reject' })).toBe('rejected');
    expect(fate({ dmarc: 'quarantine' })).toBe('junked');
    expect(fate({ dmarc: 'none' })).toBe('doubted');
    expect(fate({})).toBe('doubted');
    expect(fate({ spf: 'fail' })).toBe('rejected');
    expect(fate({ spf: 'permerror' })).toBe('doubted');
  });

  test('has no forecast before DNS has answered', () => {
    expect(fate({ spf: null, dmarc: 'reject' })).toBe('unknown');
    expect(fate({ spf: 'temperror', dmarc: 'reject' })).toBe('unknown');
  });

  test('fails unless it is accepted or nothing is known', () => {
    const fates = ['accepted', 'doubted', 'junked', 'rejected', 'unknown'] as const;
    expect(fates.filter(repliesFail)).toEqual(['doubted', 'junked', 'rejected']);
  });
});
