import type { DeliveryState, HoldKind, OpenState } from './delivery.ts';
import { assessOutcome, type AttemptOutcome, type ReplyClass } from './smtp-reply.ts';

/** The open states as people ask for them: what is held is told apart by who has to act. */
export const QUEUE_STATES = [
  'queued',
  'leased',
  'deferred',
  'review',
  'held',
  'quarantined',
] as const;
export type QueueState = (typeof QUEUE_STATES)[number];

export function queueStateOf(state: OpenState, hold: HoldKind | null): QueueState {
  return state === 'held' && hold !== 'operator' ? 'review' : state;
}

export function storedStateOf(state: QueueState): {
  readonly state: DeliveryState;
  readonly hold: HoldKind | null;
} {
  switch (state) {
    case 'review':
      return { state: 'held', hold: 'review' };
    case 'held':
      return { state: 'held', hold: 'operator' };
    case 'queued':
    case 'leased':
    case 'deferred':
    case 'quarantined':
      return { state, hold: null };
  }
}

/** A record, so that a class that is not here does not compile. */
const CLASSES: Readonly<Record<ReplyClass, true>> = {
  delivered: true,
  'path-down': true,
  'front-end': true,
  'directory-lookup': true,
  proxy: true,
  replication: true,
  dropped: true,
  'back-pressure': true,
  'filter-busy': true,
  'connection-throttled': true,
  subnet: true,
  throttled: true,
  reputation: true,
  'mailbox-throttled': true,
  'too-many-recipients': true,
  'unknown-recipient': true,
  'connector-broken': true,
  'receive-limit': true,
  'sender-banned': true,
  'mailbox-full': true,
  'too-big': true,
  'tenant-blocked': true,
  'unknown-temporary': true,
  'unknown-permanent': true,
};

export function isReplyClass(name: string): name is ReplyClass {
  return Object.hasOwn(CLASSES, name);
}

const NETWORK_FAILURES = ['dns', 'connect', 'tls', 'timeout', 'dropped'] as const;

/**
 * The class of a line that `describeOutcome` wrote: why a delivery waits, kept beside it so that a queue of any length
 * can be counted and filtered by it. Null for a line that no host and no network gave, such as a quarantine reason.
 */
export function classifyReplyLine(line: string): ReplyClass | null {
  const outcome = readOutcome(line);
  return outcome === null ? null : assessOutcome(outcome).class;
}

function readOutcome(line: string): AttemptOutcome | null {
  const reply = /^([2-5]\d\d) (.*)$/s.exec(line);
  if (reply !== null) return { kind: 'reply', code: Number(reply[1]), text: reply[2] ?? '' };
  const failure = NETWORK_FAILURES.find((name) => line.startsWith(`${name}: `));
  if (failure === undefined) return null;
  return { kind: 'network', failure, text: line.slice(failure.length + 2) };
}
