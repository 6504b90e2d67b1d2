import { HOUR, SECOND, type Instant } from '../instant.ts';
import { mailboxAccess, MAX_REASON_LENGTH, type EmergencyEvent } from './emergency-event.ts';

/**
 * A rehearsal with named users: the same notices, the same way in, the same mailbox, and nothing of it reaches
 * production mail. A type of its own rather than a kind of event: what holds relay, puts back or carries back takes an
 * `EmergencyEvent`, and cannot be given this.
 */
interface DrillFacts {
  readonly id: string;
  readonly participants: readonly string[];
  readonly reason: string;
  readonly startedAt: Instant;
  readonly startedBy: string;
  /** It ends by itself then. */
  readonly endsAt: Instant;
  /** Before this the start can be undone, and nobody has heard of it. */
  readonly noticesAt: Instant;
}

export type RunningDrill = DrillFacts & { readonly phase: 'running' };

/** An administrator ended it; its time was over; undone before anybody was told; a real event has begun. */
export type DrillEnd = 'ended' | 'time' | 'undone' | 'event';

export type EndedDrill = DrillFacts & {
  readonly phase: 'over';
  readonly endedAt: Instant;
  readonly because: DrillEnd;
};

export type Drill = RunningDrill | EndedDrill;

export interface DrillPolicy {
  /** As for events. Unit: milliseconds. */
  readonly noticeDelay: number;
  /** A longer one is refused. Unit: milliseconds. */
  readonly longest: number;
  /** More participants are refused. */
  readonly mostParticipants: number;
}

export const DEFAULT_DRILL_POLICY: DrillPolicy = {
  noticeDelay: 20 * SECOND,
  longest: 8 * HOUR,
  mostParticipants: 500,
};

export type DrillCommand =
  | {
      readonly type: 'start';
      readonly id: string;
      readonly participants: readonly string[];
      readonly reason: string;
      readonly endsAt: Instant;
      readonly by: string;
      readonly at: Instant;
      readonly policy: DrillPolicy;
      /** What stands against it: an event that is active or recovering, and who takes part in another drill. */
      readonly isEventOpen: boolean;
      readonly busy: readonly string[];
    }
  | { readonly type: 'undo'; readonly at: Instant }
  | {
      readonly type: 'end';
      readonly because: Exclude<DrillEnd, 'undone'>;
      readonly at: Instant;
    };

export type DrillFact =
  | { readonly type: 'started'; readonly drill: RunningDrill }
  | { readonly type: 'ended'; readonly at: Instant; readonly because: DrillEnd };

export type DrillRefusal =
  | 'event-open'
  | 'nobody-chosen'
  | 'too-many'
  | 'busy'
  | 'reason-missing'
  | 'end-in-the-past'
  | 'too-long'
  | 'not-running'
  | 'undo-too-late';

export type DrillDecision =
  | { readonly ok: true; readonly facts: readonly DrillFact[] }
  | { readonly ok: false; readonly refusal: DrillRefusal };

const refuse = (refusal: DrillRefusal): DrillDecision => ({ ok: false, refusal });
const accept = (fact: DrillFact): DrillDecision => ({ ok: true, facts: [fact] });

/** `current`: the drill that the command is about; null for a start. */
export function decideDrill(current: Drill | null, command: DrillCommand): DrillDecision {
  switch (command.type) {
    case 'start':
      return decideStart(command);
    case 'undo':
      if (current?.phase !== 'running') return refuse('not-running');
      return command.at < current.noticesAt
        ? accept({ type: 'ended', at: command.at, because: 'undone' })
        : refuse('undo-too-late');
    case 'end':
      if (current?.phase !== 'running') return refuse('not-running');
      return accept({ type: 'ended', at: command.at, because: command.because });
  }
}

function decideStart(command: Extract<DrillCommand, { type: 'start' }>): DrillDecision {
  const { id, at, by, endsAt, policy } = command;
  const participants = [...new Set(command.participants)];
  const reason = command.reason.trim().slice(0, MAX_REASON_LENGTH);
  if (command.isEventOpen) return refuse('event-open');
  if (participants.length === 0) return refuse('nobody-chosen');
  if (participants.length > policy.mostParticipants) return refuse('too-many');
  if (participants.some((user) => command.busy.includes(user))) return refuse('busy');
  if (reason === '') return refuse('reason-missing');
  // Notices that leave after the end would send people to a door that is shut.
  const noticesAt = at + policy.noticeDelay;
  if (endsAt <= noticesAt) return refuse('end-in-the-past');
  if (endsAt > at + policy.longest) return refuse('too-long');
  const facts = { id, participants, reason, startedAt: at, startedBy: by, endsAt, noticesAt };
  return accept({ type: 'started', drill: { phase: 'running', ...facts } });
}

export function evolveDrill(current: Drill | null, fact: DrillFact): Drill | null {
  switch (fact.type) {
    case 'started':
      return fact.drill;
    case 'ended':
      return current?.phase === 'running'
        ? { ...current, phase: 'over', endedAt: fact.at, because: fact.because }
        : current;
  }
}

/** What the shell sends as jobs in the transaction that stores the fact. */
export type DrillEffect =
  | { readonly type: 'send-start-notices'; readonly at: Instant }
  | { readonly type: 'send-end-notices' };

/** `drill` is as it was before the fact. Who was told of the start is told of the end, and nobody else. */
export function reactToDrill(drill: Drill | null, fact: DrillFact): readonly DrillEffect[] {
  switch (fact.type) {
    case 'started':
      return [{ type: 'send-start-notices', at: fact.drill.noticesAt }];
    case 'ended':
      return drill !== null && fact.at >= drill.noticesAt ? [{ type: 'send-end-notices' }] : [];
  }
}

/** What a user may do in the portal now. */
export type PortalAccess = 'open' | 'read-only' | 'drill' | 'closed';

/**
 * An event that is open goes before a drill for everybody, also for whom it does not cover: there is one truth about
 * where mail is read.
 */
export function portalAccess(
  event: EmergencyEvent | null,
  drill: Drill | null,
  userId: string,
  now: Instant,
): PortalAccess {
  if (event !== null && event.phase !== 'closed') return mailboxAccess(event, userId, now);
  return drill !== null && takesPart(drill, userId, now) ? 'drill' : 'closed';
}

/** Its end holds by itself, whenever a timer comes to write it down. */
export function takesPart(drill: Drill, userId: string, now: Instant): boolean {
  return drill.phase === 'running' && now < drill.endsAt && drill.participants.includes(userId);
}
