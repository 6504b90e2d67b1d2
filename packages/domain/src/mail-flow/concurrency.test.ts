import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adaptConcurrency, FIRST_CONCURRENCY, type Concurrency } from './concurrency.ts';

function after(start: Concurrency, verdict: 'good' | 'overloaded', times: number): Concurrency {
  let now = start;
  for (let count = 0; count < times; count += 1) now = adaptConcurrency(now, verdict, 20);
  return now;
}

describe('connections to a destination', () => {
  it('begin with few and grow by one for each cohort of successes', () => {
    expect(after(FIRST_CONCURRENCY, 'good', 2).limit).toBe(3);
    expect(after(FIRST_CONCURRENCY, 'good', 3).limit).toBe(4);
    expect(after(FIRST_CONCURRENCY, 'good', 3 + 4 + 5).limit).toBe(6);
    expect(after(FIRST_CONCURRENCY, 'good', 1000).limit).toBe(20);
  });

  it('are halved once for a burst of throttling, and again when it goes on', () => {
    const full = after(FIRST_CONCURRENCY, 'good', 1000);
    expect(after(full, 'overloaded', 1).limit).toBe(10);
    expect(after(full, 'overloaded', 20).limit).toBe(10);
    expect(after(full, 'overloaded', 21).limit).toBe(5);
    expect(after(full, 'overloaded', 1000).limit).toBe(1);
  });

  it('lose what they had earned at the first sign of trouble', () => {
    expect(adaptConcurrency({ limit: 4, credit: 0.9, stale: 0 }, 'overloaded', 20).credit).toBe(0);
  });

  it('stay between one and the cap, whatever comes', () => {
    const verdict = fc.constantFrom('good', 'overloaded', 'neutral');
    fc.assert(
      fc.property(
        fc.array(verdict, { maxLength: 200 }),
        fc.integer({ min: 1, max: 50 }),
        (verdicts, cap) => {
          let now = FIRST_CONCURRENCY;
          for (const one of verdicts) {
            now = adaptConcurrency(now, one as 'good', cap);
            expect(now.limit).toBeGreaterThanOrEqual(1);
            expect(now.limit).toBeLessThanOrEqual(Math.max(cap, FIRST_CONCURRENCY.limit));
          }
        },
      ),
    );
  });
});
