import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence, EvidenceSource } from './evidence.ts';
import { HOUR, MINUTE } from '../instant.ts';
import {
  DEFAULT_HEALTH_POLICY,
  assessPrimary,
  healthySince,
  initialHealth,
  failingSince,
  outageShape,
  type PrimaryHealth,
} from './primary-health.ts';

const start = 0;
const bad = (
  source: EvidenceSource,
  at: number,
  weight: Evidence['weight'] = 'high',
): Evidence => ({
  source,
  at,
  verdict: 'bad',
  weight,
  cause: '451 4.3.2 Temporary server error',
  latency: null,
  remedy: null,
});
const good = (source: EvidenceSource, at: number): Evidence => ({
  source,
  at,
  verdict: 'good',
  weight: 'none',
  cause: '250',
  latency: 20,
  remedy: null,
});

const said = { cause: 'x', latency: null, remedy: null };

/** One observation a minute from `from` on, for `minutes`. */
function live(
  health: PrimaryHealth,
  from: number,
  minutes: number,
  observe: (at: number) => readonly Evidence[],
): PrimaryHealth {
  let current = health;
  for (let minute = 0; minute <= minutes; minute += 1) {
    const at = from + minute * MINUTE;
    current = assessPrimary(current, observe(at), at);
  }
  return current;
}

describe('Microsoft’s own word', () => {
  const health = (at: number): Evidence => bad('service-health', at, 'medium');

  it('alone raises nothing, however long it lasts', () => {
    expect(live(initialHealth(start), start, 60, (at) => [health(at)]).state).toBe('healthy');
    const beside = (at: number) => [health(at), good('smtp-probe', at)];
    expect(live(initialHealth(start), start, 60, beside).state).toBe('healthy');
  });

  it('makes an outage of a suspicion that one medium source raised', () => {
    const observe = (at: number) => [bad('smtp-probe', at, 'medium'), health(at)];
    expect(live(initialHealth(start), start, 4, observe).state).toBe('down');
  });

  it('does not hold up a recovery, which it tells of late', () => {
    const down = live(initialHealth(start), start, 4, (at) => [bad('relay', at)]);
    const after = (at: number) => [good('relay', at), health(at)];
    expect(live(down, start + 5 * MINUTE, 16, after).state).toBe('healthy');
  });

  it('that all is well is no sign of life', () => {
    const quiet = live(initialHealth(start), start, 10, (at) => [good('service-health', at)]);
    expect(quiet.goodSince).toBeNull();
  });
});

describe('a fault of ours', () => {
  it('is neither good nor bad', () => {
    const ours = (at: number): readonly Evidence[] => [
      { ...bad('smtp-probe', at, 'none'), verdict: 'ours', remedy: 'Verify the connector.' },
    ];
    const health = live(initialHealth(start), start, 30, ours);
    expect(health).toMatchObject({ state: 'healthy', goodSince: null });
    expect(outageShape(health)).toBeNull();
    expect(health.sources['smtp-probe']?.remedy).toBe('Verify the connector.');
  });

  it('that slows us down is the shape "throttled"', () => {
    const cause = '451 4.7.500 Server busy (S77714)';
    const ours = { ...bad('smtp-probe', start, 'none'), verdict: 'ours' as const, cause };
    expect(outageShape(assessPrimary(initialHealth(start), [ours], start))).toBe('throttled');
  });
});

describe('going down', () => {
  it('one bad minute is a suspicion, four of a heavy source are an outage', () => {
    const relay = (at: number): readonly Evidence[] => [bad('relay', at)];
    expect(live(initialHealth(start), start, 0, relay).state).toBe('healthy');
    expect(live(initialHealth(start), start, 1, relay).state).toBe('suspect');
    expect(live(initialHealth(start), start, 3, relay).state).toBe('suspect');
    expect(live(initialHealth(start), start, 4, relay).state).toBe('down');
  });

  it('began with the first bad evidence, not when it was believed', () => {
    const relay = (at: number): readonly Evidence[] => [bad('relay', at)];
    expect(failingSince(live(initialHealth(start), start, 0, relay))).toBeNull();
    expect(failingSince(live(initialHealth(start), start, 2, relay))).toBe(start);
    expect(failingSince(live(initialHealth(start), start, 60, relay))).toBe(start);
  });

  it('a medium source alone stays a suspicion, two are an outage', () => {
    const one = (at: number): readonly Evidence[] => [bad('relay', at, 'medium')];
    const two = (at: number): readonly Evidence[] => [
      ...one(at),
      bad('mailbox-probe', at, 'medium'),
    ];
    expect(live(initialHealth(start), start, 60, one).state).toBe('suspect');
    expect(live(initialHealth(start), start, 5, two).state).toBe('down');
  });

  it('light evidence, like our own throttling, moves nothing', () => {
    const light = (at: number): readonly Evidence[] => [bad('relay', at, 'low')];
    expect(live(initialHealth(start), start, 120, light).state).toBe('healthy');
  });

  it('two blips hours apart are two blips, not an outage of hours', () => {
    const once = assessPrimary(initialHealth(start), [bad('relay', start)], start);
    const later = start + 10 * HOUR;
    expect(assessPrimary(once, [bad('relay', later)], later).state).toBe('healthy');
  });

  it('hours of light evidence do not age the first heavy one', () => {
    const light = live(initialHealth(start), start, 60, (at) => [bad('relay', at, 'low')]);
    const at = start + 61 * MINUTE;
    expect(assessPrimary(light, [bad('relay', at)], at).state).toBe('healthy');
  });
});

describe('a source that comes and goes', () => {
  const byTurns = (at: number): readonly Evidence[] => [
    (at / MINUTE) % 2 === 0 ? good('smtp-probe', at) : bad('smtp-probe', at),
  ];

  it('good and bad by turns is a suspicion, then an outage, in the words of the bad half', () => {
    expect(live(initialHealth(start), start, 4, byTurns).state).toBe('healthy');
    const suspect = live(initialHealth(start), start, 8, byTurns);
    expect(suspect.state).toBe('suspect');
    expect(suspect.sources['smtp-probe']).toMatchObject({
      verdict: 'bad',
      weight: 'high',
      cause: '451 4.3.2 Temporary server error (comes and goes)',
    });
    expect(outageShape(suspect)).toBe('transport');
    expect(healthySince(suspect)).toBeNull();
    expect(live(initialHealth(start), start, 60, byTurns).state).toBe('down');
  });

  it('one bad observation in three is not half', () => {
    const third = (at: number): readonly Evidence[] => [
      (at / MINUTE) % 3 === 2 ? bad('smtp-probe', at) : good('smtp-probe', at),
    ];
    expect(live(initialHealth(start), start, 61, third).state).toBe('healthy');
  });

  it('light evidence by turns moves nothing', () => {
    const light = (at: number): readonly Evidence[] => [
      (at / MINUTE) % 2 === 0 ? good('relay', at) : bad('relay', at, 'low'),
    ];
    expect(live(initialHealth(start), start, 60, light).state).toBe('healthy');
  });

  it('is forgotten after six good ones, and recovers like any other', () => {
    const flapping = live(initialHealth(start), start, 60, byTurns);
    const well = (at: number): readonly Evidence[] => [good('smtp-probe', at)];
    expect(live(flapping, start + 61 * MINUTE, 5, well).state).toBe('recovering');
    expect(live(flapping, start + 61 * MINUTE, 25, well).state).toBe('healthy');
  });
});

describe('coming back', () => {
  const down = live(initialHealth(start), start, 5, (at) => [bad('relay', at)]);
  const back = start + 10 * MINUTE;

  it('takes 15 good minutes', () => {
    const relay = (at: number): readonly Evidence[] => [good('relay', at)];
    expect(live(down, back, 0, relay).state).toBe('recovering');
    expect(live(down, back, 14, relay).state).toBe('recovering');
    expect(live(down, back, 15, relay).state).toBe('healthy');
  });

  it('a relapse while recovering is down at once', () => {
    const recovering = live(down, back, 5, (at) => [good('relay', at)]);
    const at = back + 6 * MINUTE;
    expect(assessPrimary(recovering, [bad('relay', at)], at).state).toBe('down');
  });

  it('flapping never gets to healthy (outage shape G)', () => {
    const flapping = (at: number): readonly Evidence[] => [
      (at / MINUTE) % 10 === 0 ? bad('relay', at) : good('relay', at),
    ];
    let health = down;
    for (let minute = 0; minute < 180; minute += 1) {
      const at = back + minute * MINUTE;
      health = assessPrimary(health, flapping(at), at);
      expect(['down', 'recovering']).toContain(health.state);
    }
  });

  it('no traffic is not healthy', () => {
    const silent = live(down, back, 600, () => []);
    expect(silent.state).toBe('down');
    expect(healthySince(silent)).toBeNull();
    const recovering = live(down, back, 5, (at) => [good('relay', at)]);
    const quiet = live(recovering, back + 6 * MINUTE, 600, () => []);
    expect(quiet.state).toBe('recovering');
    expect(healthySince(quiet)).toBeNull();
  });
});

describe('over any stream of evidence', () => {
  const source = fc.constantFrom<EvidenceSource>(
    'relay',
    'smtp-probe',
    'sign-in-probe',
    'mailbox-probe',
    'service-health',
  );
  const step = fc.record({
    wait: fc.integer({ min: 1, max: 10 * MINUTE }),
    source,
    verdict: fc.constantFrom('good' as const, 'bad' as const, 'silence' as const),
    weight: fc.constantFrom<Evidence['weight']>('none', 'low', 'medium', 'high'),
  });

  it('healthySince is never while a weighty fresh source is bad, nor without a good one', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let health = initialHealth(start);
        let now = start;
        const last = new Map<EvidenceSource, Evidence>();
        for (const { wait, verdict, ...rest } of steps) {
          now += wait;
          const evidence =
            verdict === 'silence'
              ? []
              : [{ source: rest.source, at: now, verdict, weight: rest.weight, ...said }];
          for (const seen of evidence) last.set(seen.source, seen);
          health = assessPrimary(health, evidence, now);
          const fresh = [...last.values()].filter(
            (seen) =>
              now - seen.at <= DEFAULT_HEALTH_POLICY.freshFor && seen.source !== 'service-health',
          );
          const heavyBad = fresh.some(
            (seen) =>
              seen.verdict === 'bad' && (seen.weight === 'medium' || seen.weight === 'high'),
          );
          const doubtful =
            heavyBad ||
            !fresh.some((seen) => seen.verdict === 'good') ||
            health.state === 'down' ||
            health.state === 'suspect';
          expect(doubtful && healthySince(health) !== null).toBe(false);
        }
      }),
    );
  });

  it('healthy is reached from recovering only after healthyAfter of good evidence', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        let health = initialHealth(start);
        let now = start;
        for (const { wait, verdict, ...rest } of steps) {
          now += wait;
          const before = health.state;
          const evidence =
            verdict === 'silence'
              ? []
              : [{ source: rest.source, at: now, verdict, weight: rest.weight, ...said }];
          health = assessPrimary(health, evidence, now);
          const goodFor = now - (health.goodSince ?? now);
          const early = before === 'recovering' && goodFor < DEFAULT_HEALTH_POLICY.healthyAfter;
          expect(health.state === 'healthy' && (early || before === 'down')).toBe(false);
        }
      }),
    );
  });
});

describe('the shape of an outage', () => {
  it.each([
    [['relay'], 'transport'],
    [['smtp-probe'], 'transport'],
    [['mailbox-probe'], 'mailbox'],
    [['sign-in-probe'], 'identity'],
    [['sign-in-probe', 'mailbox-probe'], 'identity'],
    [['relay', 'mailbox-probe'], 'mixed'],
    [['relay', 'sign-in-probe'], 'mixed'],
  ] as const)('%j: %s', (sources, shape) => {
    const health = assessPrimary(
      initialHealth(start),
      sources.map((source) => bad(source, start)),
      start,
    );
    expect(outageShape(health)).toBe(shape);
  });

  it('throttled, when that is all the transport says', () => {
    const cause = '451 4.7.500 Server busy (S77714)';
    const health = assessPrimary(
      initialHealth(start),
      [{ ...bad('relay', start, 'low'), cause }],
      start,
    );
    expect(outageShape(health)).toBe('throttled');
  });

  it('is gone with the evidence for it', () => {
    const health = assessPrimary(initialHealth(start), [bad('relay', start)], start);
    expect(outageShape(assessPrimary(health, [], start + HOUR))).toBeNull();
  });
});
