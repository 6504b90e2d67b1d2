import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_EVENT_POLICY,
  decideEvent,
  evolveEvent,
  mailboxAccess,
  reactToEvent,
  type EmergencyEvent,
  type EventCommand,
  type EventFact,
} from './emergency-event.ts';
import { DAY, HOUR, SECOND } from '../instant.ts';

const policy = DEFAULT_EVENT_POLICY;
const at = 1000 * DAY;
const startCommand: Extract<EventCommand, { type: 'start' }> = {
  type: 'start',
  id: 'event-1',
  scope: { kind: 'everyone' },
  relay: 'keep-trying',
  reason: 'Office 365 accepts mail but nobody can open a mailbox.',
  endsAt: null,
  failingSince: null,
  by: 'admin-1',
  at,
  policy,
};

function run(current: EmergencyEvent | null, ...commands: EventCommand[]): EmergencyEvent | null {
  let state = current;
  for (const command of commands) {
    const decision = decideEvent(state, command);
    if (!decision.ok) throw new Error(`${command.type}: ${decision.refusal}`);
    state = decision.facts.reduce(evolveEvent, state);
  }
  return state;
}
const active = run(null, startCommand);
const recovering = run(active, { type: 'end', at: at + HOUR, policy });
const closed = run(recovering, { type: 'close', at: at + HOUR + 14 * DAY });

describe('the life of an event', () => {
  it('starts, ends, settles and closes', () => {
    expect(active).toMatchObject({ phase: 'active', generation: 1, noticesAt: at + 20 * SECOND });
    expect(recovering).toMatchObject({ phase: 'recovering', endedAt: at + HOUR, settledAt: null });
    const settled = run(recovering, { type: 'settle', at: at + 2 * HOUR });
    expect(settled).toMatchObject({ settledAt: at + 2 * HOUR });
    expect(run(settled, { type: 'close', at: at + 15 * DAY })).toMatchObject({
      phase: 'closed',
      settledAt: at + 2 * HOUR,
    });
  });

  it('a second settle is harmless', () => {
    const settled = run(recovering, { type: 'settle', at: at + 2 * HOUR });
    expect(decideEvent(settled, { type: 'settle', at: at + 3 * HOUR })).toEqual({
      ok: true,
      facts: [],
    });
  });

  it('started while recovering is a relapse: the same event, the next generation', () => {
    const relapsed = run(recovering, { ...startCommand, id: 'event-2', at: at + 2 * HOUR });
    expect(relapsed).toMatchObject({
      phase: 'active',
      id: 'event-1',
      generation: 2,
      startedAt: at,
    });
  });

  it('is for an outage that began before it, also after a relapse and when that is taken back', () => {
    const first = run(null, { ...startCommand, failingSince: at - HOUR });
    expect(first).toMatchObject({ startedAt: at, outageSince: at - HOUR });
    const ended = run(first, { type: 'end', at: at + HOUR, policy });
    const again = { ...startCommand, failingSince: at + 2 * HOUR, at: at + 3 * HOUR };
    expect(run(ended, again)).toMatchObject({ outageSince: at - HOUR });
    const undone = run(ended, again, { type: 'undo', at: at + 3 * HOUR + 1 });
    expect(undone).toMatchObject({ phase: 'recovering', outageSince: at - HOUR });
    expect(run(null, startCommand)).toMatchObject({ outageSince: at });
  });

  it('started after closing is another event', () => {
    expect(run(closed, { ...startCommand, id: 'event-2' })).toMatchObject({
      id: 'event-2',
      generation: 1,
    });
  });

  it.each([
    ['start', active, startCommand, 'already-active'],
    ['start', null, { ...startCommand, reason: ' ' }, 'reason-missing'],
    ['start', null, { ...startCommand, scope: { kind: 'users', userIds: [] } }, 'nobody-in-scope'],
    ['start', null, { ...startCommand, endsAt: at }, 'end-in-the-past'],
    ['undo', null, { type: 'undo', at }, 'not-active'],
    ['undo', recovering, { type: 'undo', at }, 'not-active'],
    ['set-relay', recovering, { type: 'set-relay', relay: 'hold', at }, 'not-active'],
    ['end', recovering, { type: 'end', at, policy }, 'not-active'],
    ['end', closed, { type: 'end', at, policy }, 'not-active'],
    ['settle', active, { type: 'settle', at }, 'not-recovering'],
    ['close', active, { type: 'close', at }, 'not-recovering'],
    ['close', recovering, { type: 'close', at: at + DAY }, 'still-read-only'],
  ] as const)('refuses %s', (_name, state, command, refusal) => {
    expect(decideEvent(state, command)).toEqual({ ok: false, refusal });
  });
});

describe('undo', () => {
  it('before the notices leave is silent', () => {
    const decision = decideEvent(active, { type: 'undo', at: at + 19 * SECOND });
    expect(decision).toEqual({
      ok: true,
      facts: [{ type: 'undone', at: at + 19 * SECOND, silent: true }],
    });
    expect(run(active, { type: 'undo', at: at + 19 * SECOND })).toMatchObject({ phase: 'closed' });
    // Whoever has a password of their own may have signed in and sent mail before any notice.
    expect(reactToEvent({ type: 'undone', at, silent: true }).map(({ type }) => type)).toEqual([
      'put-back-sent-mail',
    ]);
  });

  it('after them tells those who were told, and puts back what they have sent by then', () => {
    const [fact] = factsOf(decideEvent(active, { type: 'undo', at: at + 20 * SECOND }));
    expect(fact).toEqual({ type: 'undone', at: at + 20 * SECOND, silent: false });
    if (fact === undefined) throw new Error('no fact');
    expect(reactToEvent(fact).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['send-undo-notices', 'put-back-sent-mail']),
    );
  });
});

describe('undo of a relapse', () => {
  const settled = run(recovering, { type: 'settle', at: at + 90 * 60 * SECOND });
  const relapse = {
    ...startCommand,
    id: 'event-2',
    at: at + 2 * HOUR,
    reason: 'Again.',
    by: 'admin-2',
    scope: { kind: 'users', userIds: ['megan'] },
  } as const;

  it.each([
    ['silent', at + 2 * HOUR + SECOND],
    ['after the notices', at + 3 * HOUR],
  ])('%s: the part before it goes on recovering, with its own scope and end', (_name, undoneAt) => {
    const undone = run(settled, relapse, { type: 'undo', at: undoneAt });
    expect(undone).toEqual({ ...recovering, generation: 2, settledAt: null });
    expect(mailboxAccess(undone, 'diego', undoneAt)).toBe('read-only');
    expect(run(undone, { type: 'close', at: at + 15 * DAY })).toMatchObject({ phase: 'closed' });
  });

  it('the next relapse is a generation of its own', () => {
    const again = run(recovering, relapse, { type: 'undo', at: at + 3 * HOUR }, relapse);
    expect(again).toMatchObject({ phase: 'active', generation: 3 });
  });

  it('a relapse that is ended keeps nothing of it', () => {
    const ended = run(recovering, relapse, { type: 'end', at: at + 4 * HOUR, policy });
    expect(ended).toMatchObject({ phase: 'recovering', endedAt: at + 4 * HOUR, reason: 'Again.' });
    expect(ended).not.toHaveProperty('relapsedFrom');
  });
});

describe('effects', () => {
  it('of the start wait for the silent undo', () => {
    const [fact] = factsOf(decideEvent(null, startCommand));
    expect(fact && reactToEvent(fact)).toEqual([
      { type: 'send-start-notices', at: at + 20 * SECOND },
    ]);
  });

  it('of the end release the relay, put back and tell', () => {
    expect(reactToEvent({ type: 'ended', at, readOnlyUntil: at }).map(({ type }) => type)).toEqual([
      'release-relay',
      'put-back-sent-mail',
      'send-end-notices',
    ]);
  });

  it('of the relay switch only when it is turned on', () => {
    expect(reactToEvent({ type: 'relay-switched', relay: 'hold', at })).toEqual([]);
    expect(reactToEvent({ type: 'relay-switched', relay: 'keep-trying', at })).toHaveLength(1);
  });
});

describe('access to the emergency mailbox', () => {
  const named = run(null, { ...startCommand, scope: { kind: 'users', userIds: ['megan'] } });

  it.each([
    ['no event', null, 'megan', at, 'closed'],
    ['active, everyone', active, 'megan', at, 'open'],
    ['active, in scope', named, 'megan', at, 'open'],
    ['active, not in scope', named, 'diego', at, 'closed'],
    ['after the end', recovering, 'megan', at + DAY, 'read-only'],
    ['after the read-only time', recovering, 'megan', at + 20 * DAY, 'closed'],
    ['closed', closed, 'megan', at, 'closed'],
  ] as const)('%s', (_name, event, user, now, access) => {
    expect(mailboxAccess(event, user, now)).toBe(access);
  });
});

describe('over any sequence of commands', () => {
  const kind = fc.constantFrom('start', 'undo', 'set-relay', 'end', 'settle', 'close');
  const step = fc.record({
    type: kind,
    wait: fc.integer({ min: 0, max: 20 * DAY }),
    hold: fc.boolean(),
    everyone: fc.boolean(),
  });

  function command(
    type: string,
    id: string,
    now: number,
    hold: boolean,
    everyone: boolean,
  ): EventCommand {
    const relay = hold ? 'hold' : 'keep-trying';
    switch (type) {
      case 'start':
        return {
          ...startCommand,
          id,
          at: now,
          relay,
          scope: everyone ? { kind: 'everyone' } : { kind: 'users', userIds: ['megan'] },
        };
      case 'set-relay':
        return { type, relay, at: now };
      case 'end':
        return { type, at: now, policy };
      case 'undo':
      case 'settle':
      case 'close':
        return { type, at: now };
      default:
        throw new Error(`no command ${type}`);
    }
  }

  it('at most one event is open, and a closed one never reopens', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let state: EmergencyEvent | null = null;
        let now = at;
        const phases = new Map<string, EmergencyEvent['phase']>();
        for (const [position, { type, wait, hold, everyone }] of steps.entries()) {
          now += wait;
          const decision = decideEvent(
            state,
            command(type, `event-${position}`, now, hold, everyone),
          );
          if (!decision.ok) continue;
          state = decision.facts.reduce<EmergencyEvent | null>(evolveEvent, state);
          if (state === null) throw new Error('an event vanished');
          const reopened = phases.get(state.id) === 'closed' && state.phase !== 'closed';
          expect(reopened).toBe(false);
          phases.set(state.id, state.phase);
          expect(
            [...phases.values()].filter((phase) => phase !== 'closed').length,
          ).toBeLessThanOrEqual(1);
          expect(state.generation).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });

  it('whatever recovers closes only by itself, when its read-only time is over', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let state: EmergencyEvent | null = null;
        let now = at;
        const readable = new Map<string, number>();
        for (const [position, { type, wait, hold, everyone }] of steps.entries()) {
          now += wait;
          const decision = decideEvent(
            state,
            command(type, `event-${position}`, now, hold, everyone),
          );
          if (!decision.ok) continue;
          state = decision.facts.reduce<EmergencyEvent | null>(evolveEvent, state);
          if (state?.phase === 'recovering') readable.set(state.id, state.readOnlyUntil);
          const earliest = state?.phase === 'closed' ? (readable.get(state.id) ?? now) : now;
          expect(now).toBeGreaterThanOrEqual(earliest);
        }
      }),
    );
  });

  it('every generation has its own start notices, and no fact is accepted twice', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let state: EmergencyEvent | null = null;
        let now = at;
        const told = new Set<string>();
        for (const [position, { type, wait, hold, everyone }] of steps.entries()) {
          now += wait;
          const decision = decideEvent(
            state,
            command(type, `event-${position}`, now, hold, everyone),
          );
          if (!decision.ok) continue;
          for (const fact of decision.facts) {
            if (fact.type !== 'started' && fact.type !== 'relapsed') continue;
            const key = `${fact.event.id} ${fact.event.generation}`;
            expect(told.has(key)).toBe(false);
            told.add(key);
          }
          state = decision.facts.reduce<EmergencyEvent | null>(evolveEvent, state);
        }
      }),
    );
  });
});

function factsOf(decision: ReturnType<typeof decideEvent>): readonly EventFact[] {
  if (!decision.ok) throw new Error(decision.refusal);
  return decision.facts;
}
