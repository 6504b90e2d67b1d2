import { DAY, MINUTE, type Instant } from '../instant.ts';

/** How much of Office 365's mailboxes is copied, and how fast (decision 0032). */
export interface CopyPolicy {
  /** Mailboxes at a time; 0: none are copied. */
  readonly mailboxes: number;
  /** Messages of one mailbox read at a time: Outlook takes four requests of an application for each (reference 2.6). */
  readonly requests: number;
  /** For each organisation, UTC. Unit: bytes. */
  readonly bytesPerDay: number;
  /** A larger message is left out. Unit: bytes. */
  readonly largestMessage: number;
  /** How far back. Unit: milliseconds. */
  readonly window: number;
  /**
   * Messages of a folder that a first round gives at most, without saying that there are more: "Applying $filter in a
   * delta query returns only up to 5,000 messages" (Microsoft, delta-query-messages).
   */
  readonly mostInRound: number;
}

export const MAX_COPY_REQUESTS = 4;
export const DEFAULT_COPY_POLICY: CopyPolicy = {
  mailboxes: 8,
  requests: MAX_COPY_REQUESTS,
  bytesPerDay: 20 * 1024 ** 3,
  largestMessage: 25 * 1024 ** 2,
  window: 30 * DAY,
  mostInRound: 5000,
};

/** Messages that one mailbox copies before the next has its turn. */
export const COPIED_IN_A_TURN = 200;
/** A mailbox that is all there is looked at this often. Unit: milliseconds. */
export const FOLLOWED_EVERY = 15 * MINUTE;
/** Who may not be read is tried again this often. Unit: milliseconds. */
export const REFUSED_AGAIN_AFTER = 60 * MINUTE;
export const FAILED_AGAIN_AFTER = 10 * MINUTE;
/** Meetings are read anew this often, and this far ahead. Unit: milliseconds. */
export const CALENDAR_EVERY = DAY;
export const CALENDAR_AHEAD = 30 * DAY;
/** A mailbox that loses more than this between two looks, and more than half of it, is not believed. */
export const MOST_LOST_AT_ONCE = 100;

/**
 * Copying stands still while Office 365 is not well, and until an event has put back what was done in it: what people do
 * here must not be undone by what a sick service says.
 */
export function mayCopy(
  event: { readonly phase: string; readonly settledAt?: Instant | null } | null,
  health: { readonly state: string } | null,
): boolean {
  const isSick = health?.state === 'suspect' || health?.state === 'down';
  if (isSick) return false;
  if (event === null || event.phase === 'closed') return true;
  return event.phase === 'recovering' && typeof event.settledAt === 'number';
}

/** The smallest id of version 7 of an instant: others of the instant are derived from it. */
export function firstIdAt(at: Instant): string {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}
