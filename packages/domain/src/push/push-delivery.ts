import type { MailboxAccess } from '../events/emergency-event.ts';
import { HOUR, MINUTE, SECOND, type Instant } from '../instant.ts';

/** New mail is told to one device at most this often: the first message is news, the tenth within minutes is noise. */
export const PUSH_MAIL_EVERY = 5 * MINUTE;

/** What a push says: nothing but why it comes, which stays here. */
export type PushReason =
  /** Unread mail has come. */
  | 'mail'
  /** What may be done in the mailbox has changed: the event has ended, or begun again. */
  | 'state';

/** Null: nothing worth waking anybody for, as when a mailbox that was to be read only closes two weeks later. */
export function reasonFor(known: MailboxAccess, access: MailboxAccess): PushReason | null {
  if (access === known) return access === 'open' ? 'mail' : null;
  return known === 'read-only' && access === 'closed' ? null : 'state';
}

/** RFC 8030: how long the push service keeps it for a device that is off, and how soon it wakes one. */
export interface PushUrgency {
  /** Unit: seconds (§5.2). */
  readonly ttl: number;
  /** §5.3; `high` wakes a device that saves power. */
  readonly urgency: 'normal' | 'high';
  /** §5.4: a later one of the same topic takes the place of one that waits. */
  readonly topic: string;
}

export function urgencyOf(reason: PushReason): PushUrgency {
  switch (reason) {
    case 'mail':
      return { ttl: (12 * HOUR) / SECOND, urgency: 'normal', topic: 'mail' };
    case 'state':
      // Whoever learns of the end a day later has learnt of it elsewhere.
      return { ttl: (24 * HOUR) / SECOND, urgency: 'high', topic: 'state' };
  }
}

/** What the push service said; `retryAfter` in ms, null where it did not say. */
export type PushOutcome =
  | { readonly kind: 'taken' }
  /** The device has let go of it, or it belongs to other keys than ours. */
  | { readonly kind: 'gone'; readonly detail: string }
  | { readonly kind: 'later'; readonly retryAfter: number | null; readonly detail: string };

/** After so many failures in a row, some twenty hours, a device is given up; its page subscribes anew when it is opened. */
const MOST_FAILURES = 14;
const FIRST_PAUSE = 30 * SECOND;
const LONGEST_PAUSE = 4 * HOUR;

export type AfterPush =
  | { readonly kind: 'told' }
  | { readonly kind: 'again'; readonly at: Instant; readonly failures: number }
  | { readonly kind: 'remove'; readonly why: 'gone' | 'given up' };

/** `failures`: those in a row before this one. A service's word on when is followed, but not for ever. */
export function afterPush(outcome: PushOutcome, failures: number, now: Instant): AfterPush {
  switch (outcome.kind) {
    case 'taken':
      return { kind: 'told' };
    case 'gone':
      return { kind: 'remove', why: 'gone' };
    case 'later': {
      if (failures + 1 >= MOST_FAILURES) return { kind: 'remove', why: 'given up' };
      const own = Math.min(FIRST_PAUSE * 2 ** failures, LONGEST_PAUSE);
      const pause = Math.min(Math.max(own, outcome.retryAfter ?? 0), 24 * HOUR);
      return { kind: 'again', at: now + pause, failures: failures + 1 };
    }
  }
}

/** Answers of a push service (RFC 8030 §5, §7.3, §8.4; RFC 8292 §4.2) to one message. */
export function readPushAnswer(status: number, retryAfter: number | null): PushOutcome {
  const detail = `The push service answered ${status}`;
  if (status >= 200 && status < 300) return { kind: 'taken' };
  // 403: made with keys that we have not any more, as after a restored database. The page subscribes anew.
  if (status === 404 || status === 410 || status === 403) return { kind: 'gone', detail };
  return { kind: 'later', retryAfter, detail };
}

/** `Retry-After` is seconds or a date (RFC 9110 §10.2.3). Milliseconds from now; null when it is neither. */
export function readRetryAfter(text: string | null, now: Instant): number | null {
  if (text === null) return null;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text) * SECOND;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
