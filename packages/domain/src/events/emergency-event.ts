import { DAY, SECOND, type Instant } from '../instant.ts';

export type EventScope =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'users'; readonly userIds: readonly string[] };

/** Relay is a switch of its own inside an event: opening mailboxes touches no queue. */
export type RelaySwitch = 'keep-trying' | 'hold';

interface EventFacts {
  readonly id: string;
  readonly scope: EventScope;
  readonly reason: string;
  readonly startedAt: Instant;
  /** Since when Office 365 was seen to fail, at most `startedAt`: an event begins after the outage that it is for. */
  readonly outageSince: Instant;
  readonly startedBy: string;
  /** Grows with each relapse; part of what temporary passwords are derived from. */
  readonly generation: number;
}

export interface RelapsedFrom {
  readonly scope: EventScope;
  readonly reason: string;
  readonly startedBy: string;
  readonly endedAt: Instant;
  readonly readOnlyUntil: Instant;
}

export type EmergencyEvent =
  | (EventFacts & {
      readonly phase: 'active';
      readonly relay: RelaySwitch;
      readonly endsAt: Instant | null;
      /** Before this the start can be undone silently. */
      readonly noticesAt: Instant;
      /** What was recovering when it started again: there an undo goes back to. Absent after a first start. */
      readonly relapsedFrom?: RelapsedFrom;
    })
  | (EventFacts & {
      readonly phase: 'recovering';
      readonly endedAt: Instant;
      readonly readOnlyUntil: Instant;
      /** When nothing waited any more and every sent message was put back; null until then. */
      readonly settledAt: Instant | null;
    })
  | (EventFacts & {
      readonly phase: 'closed';
      readonly endedAt: Instant;
      readonly closedAt: Instant;
      readonly settledAt: Instant | null;
    });

export interface EventPolicy {
  /** Notices leave this long after the start, so that an undo before is silent. */
  readonly noticeDelay: number;
  /** The emergency mailbox stays readable this long after the end. */
  readonly readOnlyFor: number;
}

export const DEFAULT_EVENT_POLICY: EventPolicy = {
  noticeDelay: 20 * SECOND,
  readOnlyFor: 14 * DAY,
};

/** Longest reason an administrator can give. Unit: characters. */
export const MAX_REASON_LENGTH = 500;

export type EventCommand =
  | {
      readonly type: 'start';
      readonly id: string;
      readonly scope: EventScope;
      readonly relay: RelaySwitch;
      readonly reason: string;
      readonly endsAt: Instant | null;
      /** Null: it is not seen to fail. */
      readonly failingSince: Instant | null;
      readonly by: string;
      readonly at: Instant;
      readonly policy: EventPolicy;
    }
  | { readonly type: 'undo'; readonly at: Instant }
  | { readonly type: 'set-relay'; readonly relay: RelaySwitch; readonly at: Instant }
  | { readonly type: 'end'; readonly at: Instant; readonly policy: EventPolicy }
  | { readonly type: 'settle'; readonly at: Instant }
  | { readonly type: 'close'; readonly at: Instant };

export type EventFact =
  | { readonly type: 'started'; readonly event: Extract<EmergencyEvent, { phase: 'active' }> }
  | { readonly type: 'relapsed'; readonly event: Extract<EmergencyEvent, { phase: 'active' }> }
  | { readonly type: 'undone'; readonly at: Instant; readonly silent: boolean }
  | { readonly type: 'relay-switched'; readonly relay: RelaySwitch; readonly at: Instant }
  | { readonly type: 'ended'; readonly at: Instant; readonly readOnlyUntil: Instant }
  | { readonly type: 'settled'; readonly at: Instant }
  | { readonly type: 'closed'; readonly at: Instant };

export type EventRefusal =
  | 'already-active'
  | 'not-active'
  | 'not-recovering'
  | 'nobody-in-scope'
  | 'reason-missing'
  | 'end-in-the-past'
  | 'still-read-only';

export type EventDecision =
  | { readonly ok: true; readonly facts: readonly EventFact[] }
  | { readonly ok: false; readonly refusal: EventRefusal };

const refuse = (refusal: EventRefusal): EventDecision => ({ ok: false, refusal });
const accept = (...facts: EventFact[]): EventDecision => ({ ok: true, facts });

/** At most one open production event per organisation: `current` is it, or null when none is open. */
export function decideEvent(current: EmergencyEvent | null, command: EventCommand): EventDecision {
  switch (command.type) {
    case 'start':
      return decideStart(current, command);
    case 'undo':
      if (current?.phase !== 'active') return refuse('not-active');
      return accept({ type: 'undone', at: command.at, silent: command.at < current.noticesAt });
    case 'set-relay':
      if (current?.phase !== 'active') return refuse('not-active');
      return accept({ type: 'relay-switched', relay: command.relay, at: command.at });
    case 'end':
      if (current?.phase !== 'active') return refuse('not-active');
      return accept({
        type: 'ended',
        at: command.at,
        readOnlyUntil: command.at + command.policy.readOnlyFor,
      });
    case 'settle':
      if (current?.phase !== 'recovering') return refuse('not-recovering');
      return current.settledAt === null ? accept({ type: 'settled', at: command.at }) : accept();
    case 'close':
      if (current?.phase !== 'recovering') return refuse('not-recovering');
      return command.at < current.readOnlyUntil
        ? refuse('still-read-only')
        : accept({ type: 'closed', at: command.at });
  }
}

function decideStart(
  current: EmergencyEvent | null,
  command: Extract<EventCommand, { type: 'start' }>,
): EventDecision {
  if (current?.phase === 'active') return refuse('already-active');
  if (command.reason.trim() === '') return refuse('reason-missing');
  if (command.scope.kind === 'users' && command.scope.userIds.length === 0)
    return refuse('nobody-in-scope');
  if (command.endsAt !== null && command.endsAt <= command.at) return refuse('end-in-the-past');
  const relapse = current?.phase === 'recovering';
  const event: Extract<EmergencyEvent, { phase: 'active' }> = {
    phase: 'active',
    id: relapse ? current.id : command.id,
    scope: command.scope,
    reason: command.reason.trim().slice(0, MAX_REASON_LENGTH),
    startedAt: relapse ? current.startedAt : command.at,
    outageSince: relapse
      ? current.outageSince
      : Math.min(command.at, command.failingSince ?? command.at),
    startedBy: command.by,
    generation: relapse ? current.generation + 1 : 1,
    relay: command.relay,
    endsAt: command.endsAt,
    noticesAt: command.at + command.policy.noticeDelay,
    ...(relapse && { relapsedFrom: relapsedFrom(current) }),
  };
  return accept({ type: relapse ? 'relapsed' : 'started', event });
}

function relapsedFrom({
  scope,
  reason,
  startedBy,
  endedAt,
  readOnlyUntil,
}: Extract<EmergencyEvent, { phase: 'recovering' }>): RelapsedFrom {
  return { scope, reason, startedBy, endedAt, readOnlyUntil };
}

export function evolveEvent(
  current: EmergencyEvent | null,
  fact: EventFact,
): EmergencyEvent | null {
  switch (fact.type) {
    case 'started':
    case 'relapsed':
      return fact.event;
    case 'undone':
      return current?.phase === 'active' ? undo(current, fact.at) : current;
    case 'relay-switched':
      return current?.phase === 'active' ? { ...current, relay: fact.relay } : current;
    case 'ended': {
      if (current?.phase !== 'active') return current;
      const { id, scope, reason, startedAt, outageSince, startedBy, generation } = current;
      const facts = { id, scope, reason, startedAt, outageSince, startedBy, generation };
      return {
        ...facts,
        phase: 'recovering',
        endedAt: fact.at,
        readOnlyUntil: fact.readOnlyUntil,
        settledAt: null,
      };
    }
    case 'settled':
      return current?.phase === 'recovering' ? { ...current, settledAt: fact.at } : current;
    case 'closed':
      return current?.phase === 'recovering'
        ? close(current, current.endedAt, fact.at, current.settledAt)
        : current;
  }
}

/**
 * A first start that is taken back leaves nothing to recover. A relapse that is taken back leaves the part before it:
 * its mail may still be on the way, and its mailboxes stay readable. The generation stays used: its job ids are taken.
 */
function undo(event: Extract<EmergencyEvent, { phase: 'active' }>, at: Instant): EmergencyEvent {
  if (event.relapsedFrom === undefined) return close(event, at, at);
  const { id, startedAt, outageSince, generation } = event;
  // Mail was perhaps written meanwhile: settled has to be seen again.
  const rest = { phase: 'recovering', settledAt: null } as const;
  return { id, startedAt, outageSince, generation, ...event.relapsedFrom, ...rest };
}

function close(
  event: EventFacts,
  endedAt: Instant,
  closedAt: Instant,
  settledAt: Instant | null = null,
): EmergencyEvent {
  const { id, scope, reason, startedAt, outageSince, startedBy, generation } = event;
  return {
    id,
    scope,
    reason,
    startedAt,
    outageSince,
    startedBy,
    generation,
    phase: 'closed',
    endedAt,
    closedAt,
    settledAt,
  };
}

/** What the shell sends as jobs in the transaction that stores the fact. */
export type EventEffect =
  | { readonly type: 'send-start-notices'; readonly at: Instant }
  | { readonly type: 'send-undo-notices'; readonly at: Instant }
  | { readonly type: 'send-end-notices'; readonly at: Instant }
  | { readonly type: 'put-back-sent-mail'; readonly at: Instant }
  | { readonly type: 'release-relay'; readonly at: Instant };

export function reactToEvent(fact: EventFact): readonly EventEffect[] {
  switch (fact.type) {
    case 'started':
    case 'relapsed':
      return [{ type: 'send-start-notices', at: fact.event.noticesAt }];
    case 'undone':
      // Who has a password of their own can have sent mail before any notice left: that goes back as after an end.
      return fact.silent
        ? [{ type: 'put-back-sent-mail', at: fact.at }]
        : [
            { type: 'release-relay', at: fact.at },
            { type: 'put-back-sent-mail', at: fact.at },
            { type: 'send-undo-notices', at: fact.at },
          ];
    case 'relay-switched':
      return fact.relay === 'keep-trying' ? [{ type: 'release-relay', at: fact.at }] : [];
    case 'ended':
      return [
        { type: 'release-relay', at: fact.at },
        { type: 'put-back-sent-mail', at: fact.at },
        { type: 'send-end-notices', at: fact.at },
      ];
    case 'settled':
    case 'closed':
      return [];
  }
}

/** What a user may do in the emergency mailbox now. */
export type MailboxAccess = 'open' | 'read-only' | 'closed';

export function mailboxAccess(
  event: EmergencyEvent | null,
  userId: string,
  now: Instant,
): MailboxAccess {
  if (event === null || event.phase === 'closed') return 'closed';
  const inScope = event.scope.kind === 'everyone' || event.scope.userIds.includes(userId);
  if (!inScope) return 'closed';
  if (event.phase === 'active') return 'open';
  return now < event.readOnlyUntil ? 'read-only' : 'closed';
}
