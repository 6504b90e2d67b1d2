import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../instant.ts';
import {
  decideDrill,
  DEFAULT_DRILL_POLICY,
  evolveDrill,
  portalAccess,
  reactToDrill,
  type Drill,
  type DrillCommand,
} from './drill.ts';
import {
  decideEvent,
  evolveEvent,
  DEFAULT_EVENT_POLICY,
  mailboxAccess,
} from './emergency-event.ts';

const at = 1_000_000 * HOUR;
const start: Extract<DrillCommand, { type: 'start' }> = {
  type: 'start',
  id: 'drill-1',
  participants: ['megan', 'diego'],
  reason: 'First drill of the sales team.',
  endsAt: at + 2 * HOUR,
  by: 'admin-1',
  at,
  policy: DEFAULT_DRILL_POLICY,
  isEventOpen: false,
  busy: [],
};

function run(current: Drill | null, ...commands: readonly DrillCommand[]): Drill {
  let state = current;
  for (const command of commands) {
    const decision = decideDrill(state, command);
    if (!decision.ok) throw new Error(`${command.type}: ${decision.refusal}`);
    state = decision.facts.reduce(evolveDrill, state);
  }
  if (state === null) throw new Error('no drill');
  return state;
}

const running = run(null, start);

describe('the life of a drill', () => {
  it('starts with named users, an end, and a delay in which it can be undone', () => {
    expect(running).toMatchObject({
      phase: 'running',
      participants: ['megan', 'diego'],
      endsAt: at + 2 * HOUR,
      noticesAt: at + 20 * SECOND,
    });
  });

  it.each(['ended', 'time', 'event'] as const)('is over: %s', (because) => {
    const over = run(running, { type: 'end', because, at: at + HOUR });
    expect(over).toMatchObject({ phase: 'over', endedAt: at + HOUR, because });
    expect(decideDrill(over, { type: 'end', because, at: at + HOUR })).toEqual({
      ok: false,
      refusal: 'not-running',
    });
  });

  it('counts nobody twice', () => {
    const { participants } = run(null, { ...start, participants: ['megan', 'megan'] });
    expect(participants).toEqual(['megan']);
  });

  it.each([
    ['while an event is open', { isEventOpen: true }, 'event-open'],
    ['with nobody', { participants: [] }, 'nobody-chosen'],
    ['with too many', { participants: Array.from({ length: 501 }, (_, n) => `${n}`) }, 'too-many'],
    ['with somebody who is in another', { busy: ['diego'] }, 'busy'],
    ['without a reason', { reason: '  ' }, 'reason-missing'],
    ['that is over before its notices leave', { endsAt: at + 20 * SECOND }, 'end-in-the-past'],
    ['longer than allowed', { endsAt: at + 8 * HOUR + 1 }, 'too-long'],
  ] as const)('%s it does not start', (_when, change, refusal) => {
    expect(decideDrill(null, { ...start, ...change })).toEqual({ ok: false, refusal });
  });
});

describe('an undo', () => {
  it('before the notices is silent', () => {
    const command = { type: 'undo', at: at + 19 * SECOND } as const;
    expect(run(running, command)).toMatchObject({ phase: 'over', because: 'undone' });
    const decision = decideDrill(running, command);
    if (!decision.ok) throw new Error(decision.refusal);
    expect(decision.facts.flatMap((fact) => reactToDrill(running, fact))).toEqual([]);
  });

  it('after them is refused: who was told is told of an end', () => {
    expect(decideDrill(running, { type: 'undo', at: at + 20 * SECOND })).toEqual({
      ok: false,
      refusal: 'undo-too-late',
    });
  });
});

describe('a drill, whatever is done with it,', () => {
  const commands = fc.array(
    fc.oneof(
      fc.record({
        type: fc.constant('undo' as const),
        at: fc.integer({ min: at, max: at + 9 * HOUR }),
      }),
      fc.record({
        type: fc.constant('end' as const),
        because: fc.constantFrom('ended' as const, 'time' as const, 'event' as const),
        at: fc.integer({ min: at, max: at + 9 * HOUR }),
      }),
    ),
    { maxLength: 6 },
  );

  it('ends once, and has no effect but notices', () => {
    fc.assert(
      fc.property(commands, (list) => {
        let state: Drill | null = running;
        let ends = 0;
        for (const command of list) {
          const decision = decideDrill(state, command);
          if (!decision.ok) continue;
          for (const fact of decision.facts) {
            const effects = reactToDrill(state, fact).map(({ type }) => type);
            expect(effects.filter((type) => !/^send-(start|end)-notices$/.test(type))).toEqual([]);
            if (fact.type === 'ended') ends += 1;
            state = evolveDrill(state, fact);
          }
        }
        expect(ends).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('tells nobody of the end who was not told of the start', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 * HOUR }), (after) => {
        const fact = { type: 'ended', at: at + after, because: 'ended' } as const;
        const isTold = reactToDrill(running, fact).length > 0;
        expect(isTold).toBe(after >= DEFAULT_DRILL_POLICY.noticeDelay);
      }),
    );
  });

  it('never opens a mailbox for sending, and an event goes before it for everybody', () => {
    const users = fc.constantFrom('megan', 'diego', 'adele');
    const scopes = fc.oneof(
      fc.constant({ kind: 'everyone' as const }),
      fc.record({
        kind: fc.constant('users' as const),
        userIds: fc.subarray(['megan', 'adele'], { minLength: 1 }),
      }),
    );
    fc.assert(
      fc.property(
        users,
        fc.option(scopes, { nil: null }),
        fc.boolean(),
        commands,
        fc.integer({ min: -HOUR, max: 10 * HOUR }),
        (user, scope, isEnded, list, after) => {
          const drill = list.reduce<Drill | null>((state, command) => {
            const decision = decideDrill(state, command);
            return decision.ok ? decision.facts.reduce(evolveDrill, state) : state;
          }, running);
          const event = scope === null ? null : eventWith(scope, isEnded);
          const now = at + after;
          const isIn = drill?.phase === 'running' && drill.participants.includes(user);
          const inDrill = isIn && after < 2 * HOUR ? 'drill' : 'closed';
          const expected = event === null ? inDrill : mailboxAccess(event, user, now);
          expect(portalAccess(event, drill, user, now)).toBe(expected);
        },
      ),
    );
  });
});

function eventWith(
  scope: { kind: 'everyone' } | { kind: 'users'; userIds: string[] },
  isEnded: boolean,
) {
  const decision = decideEvent(null, {
    type: 'start',
    id: 'event-1',
    scope,
    relay: 'keep-trying',
    reason: 'Down.',
    endsAt: null,
    failingSince: null,
    by: 'admin-1',
    at: at + MINUTE,
    policy: DEFAULT_EVENT_POLICY,
  });
  if (!decision.ok) throw new Error(decision.refusal);
  const active = decision.facts.reduce(evolveEvent, null);
  if (!isEnded) return active;
  const end = decideEvent(active, { type: 'end', at: at + HOUR, policy: DEFAULT_EVENT_POLICY });
  if (!end.ok) throw new Error(end.refusal);
  return end.facts.reduce(evolveEvent, active);
}
