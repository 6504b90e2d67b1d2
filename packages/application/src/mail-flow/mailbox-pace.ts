import {
  assessOutcome,
  BACKLOG_AFTER,
  HOUR,
  MINUTE,
  pauseMailbox,
  takePlace,
  type Instant,
  type MailboxPace,
  type MailboxRatePolicy,
} from '@holdfast/domain';
import type { LeasedDelivery } from '../records/mail.ts';
import type { RelayResult } from '../ports/relay-transport.ts';

/** How long a mailbox that is busy with its own mail is left alone. Unit: ms. */
const BUSY_MAILBOX_PAUSE = MINUTE;
/** Mailboxes whose pace is over are forgotten when so many are known. */
const SWEEP_AT = 50_000;
/** Deliveries that wait for a place of theirs; beyond this the oldest promises are given anew. */
const PROMISED_PLACES = 500_000;

export interface MailboxPaces {
  /** When this delivery may go: now, or the place in the mailbox's queue that it got. */
  placeOf(leased: LeasedDelivery, now: Instant): Instant;
  learn(results: readonly RelayResult[], now: Instant): void;
}

/** Backlog goes to each mailbox of the tenant at its rate; a mailbox that asks for less is slowed alone. Null: no rate. */
export function createMailboxPaces(policy: MailboxRatePolicy | null): MailboxPaces {
  const paces = new Map<string, Exclude<MailboxPace, null>>();
  // Those that asked for less: only they slow fresh mail. A backlog that drains must not hold up what comes meanwhile.
  const asked = new Set<string>();
  // By delivery: whoever comes back at the time that it was told must not be sent to the end of the line again, and who
  // is called earlier, with everything that waits at the end of an outage, must not jump the queue.
  const promised = new Map<string, Instant>();
  // A mailbox may ask for less where no rate is set as well.
  const kept = policy ?? { perHour: Number.POSITIVE_INFINITY, burst: 1 };

  function sweep(now: Instant): void {
    if (paces.size < SWEEP_AT) return;
    for (const [mailbox, pace] of paces) {
      if (pace > now) continue;
      paces.delete(mailbox);
      asked.delete(mailbox);
    }
  }

  function isSlowed(mailbox: string, now: Instant): boolean {
    if (!asked.has(mailbox)) return false;
    if ((paces.get(mailbox) ?? 0) > now) return true;
    asked.delete(mailbox);
    return false;
  }

  return {
    placeOf({ delivery }, now) {
      const told = promised.get(delivery.id);
      if (told !== undefined) {
        if (told <= now) promised.delete(delivery.id);
        return Math.max(told, now);
      }
      // Fresh mail comes at the sender's rate, unless the mailbox itself has asked for less.
      const fresh = now - delivery.acceptedAt < BACKLOG_AFTER;
      if ((fresh || policy === null) && !isSlowed(delivery.recipient, now)) return now;
      const place = takePlace(paces.get(delivery.recipient) ?? null, now, kept);
      if (place.pace !== null) paces.set(delivery.recipient, place.pace);
      sweep(now);
      if (place.at > now) {
        if (promised.size >= PROMISED_PLACES) promised.clear();
        promised.set(delivery.id, place.at);
      }
      return place.at;
    },
    learn(results, now) {
      for (const { recipient, outcome } of results) {
        const { action } = assessOutcome(outcome);
        const pause =
          action === 'retry-mailbox-slower'
            ? BUSY_MAILBOX_PAUSE
            : action === 'retry-next-hour'
              ? HOUR
              : 0;
        if (pause === 0) continue;
        const pace = pauseMailbox(paces.get(recipient) ?? null, now, pause, kept);
        if (pace === null) continue;
        paces.set(recipient, pace);
        asked.add(recipient);
      }
    },
  };
}
