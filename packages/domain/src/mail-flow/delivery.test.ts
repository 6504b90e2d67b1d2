import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  HELD_RETRY,
  OPEN_STATES,
  PRIMARY_RETRY,
  REMOTE_RETRY,
  TERMINAL_STATES,
  decideAfterAttempt,
  isTerminal,
  retryDelay,
  type AttemptFacts,
} from './delivery.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../instant.ts';
import type { AttemptOutcome } from './smtp-reply.ts';

const now = 1000 * DAY;
const reply = (code: number, text: string): AttemptOutcome => ({ kind: 'reply', code, text });
const unknownRecipient = reply(550, '5.4.1 Recipient address rejected: Access denied');
const serverError = reply(451, '4.3.2 Temporary server error ATTR2');

function facts(change: Partial<AttemptFacts>): AttemptFacts {
  return {
    route: 'primary',
    acceptedAt: now - MINUTE,
    attempts: 1,
    refusals: 0,
    outcome: serverError,
    now,
    primaryHealthySince: now - HOUR,
    random: 0.5,
    ...change,
  };
}

describe('retry', () => {
  it.each([
    [PRIMARY_RETRY, 1, 5 * SECOND],
    [PRIMARY_RETRY, 2, 10 * SECOND],
    [PRIMARY_RETRY, 7, 5 * MINUTE],
    [PRIMARY_RETRY, 5000, 5 * MINUTE],
    [REMOTE_RETRY, 1, MINUTE],
    [REMOTE_RETRY, 5, 16 * MINUTE],
    [REMOTE_RETRY, 20, HOUR],
  ])('doubles from the first delay to the longest', (policy, attempts, expected) => {
    expect(retryDelay(policy, attempts, 0.5)).toBe(expected);
  });

  it('is spread by a quarter each way', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempts, random) => {
          const middle = retryDelay(PRIMARY_RETRY, attempts, 0.5);
          const delay = retryDelay(PRIMARY_RETRY, attempts, random);
          expect(Math.abs(delay - middle)).toBeLessThanOrEqual(middle / 4 + 1);
        },
      ),
    );
  });

  it('of throttling takes twice as long, of a receive limit until the next hour', () => {
    const slow = reply(451, '4.7.500 Server busy from [203.0.113.7] (S77714)');
    expect(decideAfterAttempt(facts({ outcome: slow }))).toMatchObject({
      dueAt: now + 10 * SECOND,
    });
    const full = reply(550, '5.2.121 per hour limit');
    expect(decideAfterAttempt(facts({ outcome: full }))).toMatchObject({
      state: 'deferred',
      dueAt: now + HOUR + 5 * MINUTE,
    });
  });

  it('of our own misconfiguration waits the longest delay and never bounces', () => {
    const connector = reply(550, '5.7.64 TenantAttribution; Relay Access Denied');
    expect(decideAfterAttempt(facts({ outcome: connector, refusals: 9 }))).toMatchObject({
      state: 'deferred',
      dueAt: now + PRIMARY_RETRY.longestDelay,
    });
  });

  it.each(['552 5.3.4 too big', '550 5.2.2 Mailbox full', '550 5.9.9 never seen'])(
    'of “%s” holds and asks again after hours; it never bounces by itself',
    (line) => {
      const outcome = reply(Number(line.slice(0, 3)), line.slice(4));
      const next = decideAfterAttempt(facts({ outcome, refusals: 5, attempts: 9 }));
      expect(next).toMatchObject({ state: 'held', hold: 'review', dueAt: now + HELD_RETRY });
    },
  );

  it('for the tenant ends in review after 30 days, outside in a bounce after 5', () => {
    const old = { acceptedAt: now - 30 * DAY };
    expect(decideAfterAttempt(facts(old))).toMatchObject({ state: 'held', hold: 'review' });
    expect(decideAfterAttempt(facts({ ...old, route: 'internal' })).state).toBe('held');
    expect(decideAfterAttempt(facts({ acceptedAt: now - 5 * DAY, route: 'remote' })).state).toBe(
      'bounced',
    );
  });
});

describe('invariant 5: an outage never bounces mail', () => {
  it('the first refusal is held for review, healthy or not', () => {
    for (const primaryHealthySince of [null, now - DAY, now]) {
      const next = decideAfterAttempt(facts({ outcome: unknownRecipient, primaryHealthySince }));
      expect(next).toMatchObject({ state: 'held', hold: 'review', refusals: 1 });
    }
  });

  it('451, then 550 while the primary is down: held, however often it is repeated', () => {
    let refusals = 0;
    expect(decideAfterAttempt(facts({ primaryHealthySince: null })).state).toBe('deferred');
    for (let attempts = 2; attempts < 200; attempts += 1) {
      const next = decideAfterAttempt(
        facts({ outcome: unknownRecipient, attempts, refusals, primaryHealthySince: null }),
      );
      if (next.state !== 'held') throw new Error(`became ${next.state}`);
      expect(next.dueAt).toBeGreaterThan(now);
      refusals = next.refusals;
    }
    expect(refusals).toBe(198);
  });

  it('bounces on a second refusal once the primary has been healthy for 30 minutes, not before', () => {
    const second = { outcome: unknownRecipient, refusals: 1, attempts: 2 };
    expect(
      decideAfterAttempt(facts({ ...second, primaryHealthySince: now - 30 * MINUTE + 1 })),
    ).toMatchObject({ state: 'held', dueAt: now + MINUTE });
    expect(
      decideAfterAttempt(facts({ ...second, primaryHealthySince: now - 10 * MINUTE })),
    ).toMatchObject({ state: 'held', dueAt: now + 20 * MINUTE });
    expect(
      decideAfterAttempt(facts({ ...second, primaryHealthySince: now - 30 * MINUTE })).state,
    ).toBe('bounced');
  });

  it('holds over every outcome, age and count', () => {
    const outcome = fc.oneof(
      fc.record({
        kind: fc.constant('reply' as const),
        code: fc.integer({ min: 300, max: 599 }),
        text: fc.string(),
      }),
      fc.constantFrom(unknownRecipient, serverError),
    );
    fc.assert(
      fc.property(
        outcome,
        fc.nat(60 * DAY),
        fc.integer({ min: 1, max: 5000 }),
        fc.nat(3),
        fc.option(fc.nat(2 * HOUR), { nil: null }),
        (said, age, attempts, refusals, healthyFor) => {
          const next = decideAfterAttempt(
            facts({
              outcome: said,
              acceptedAt: now - age,
              attempts,
              refusals,
              primaryHealthySince: healthyFor === null ? null : now - healthyFor,
            }),
          );
          const mayBounce =
            refusals > 0 &&
            (healthyFor ?? -1) >= 30 * MINUTE &&
            said.kind === 'reply' &&
            said.code >= 500;
          expect(next.state === 'bounced' && !mayBounce).toBe(false);
          expect('dueAt' in next ? next.dueAt : Number.POSITIVE_INFINITY).toBeGreaterThan(now);
        },
      ),
    );
  });

  it('outside of the tenant a refusal is final at once, whatever its class', () => {
    for (const text of [
      '5.4.1 no',
      '5.7.64 TenantAttribution',
      '5.2.2 full',
      '5.7.1 blocked using x',
    ]) {
      const outcome = reply(550, text);
      expect(decideAfterAttempt(facts({ route: 'remote', outcome })).state).toBe('bounced');
    }
    const later = reply(550, '5.2.121 per hour limit');
    expect(decideAfterAttempt(facts({ route: 'remote', outcome: later })).state).toBe('deferred');
  });
});

describe('states (invariant 4)', () => {
  it('are open or terminal, never both', () => {
    expect(TERMINAL_STATES.every(isTerminal)).toBe(true);
    expect(OPEN_STATES.some(isTerminal)).toBe(false);
  });

  it('a 250 is delivered', () => {
    expect(decideAfterAttempt(facts({ outcome: reply(250, '2.6.0 Queued') }))).toEqual({
      state: 'delivered',
      reply: '250 2.6.0 Queued',
    });
  });
});
