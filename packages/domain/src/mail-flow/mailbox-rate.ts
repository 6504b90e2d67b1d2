import { HOUR, type Instant } from '../instant.ts';

/** How fast a backlog may go to one mailbox. Office 365 takes 3,600 an hour from everybody together, then bounces. */
export interface MailboxRatePolicy {
  /** Deliveries an hour. */
  readonly perHour: number;
  /** So many may go at once after a quiet time. */
  readonly burst: number;
}

export const DEFAULT_MAILBOX_RATE: MailboxRatePolicy = { perHour: 1000, burst: 100 };

/** Mail that was accepted this long ago is backlog. What is fresh comes at the rate at which the world sends it. Unit: ms. */
export const BACKLOG_AFTER = 5 * 60_000;

/**
 * When the mailbox's last granted place ends, by the generic cell rate algorithm: one instant is all there is to
 * remember. Null: nothing.
 */
export type MailboxPace = Instant | null;

export function takePlace(
  pace: MailboxPace,
  now: Instant,
  { perHour, burst }: MailboxRatePolicy,
): { readonly pace: MailboxPace; readonly at: Instant } {
  const interval = HOUR / perHour;
  const next = Math.max(pace ?? now, now);
  const at = Math.max(Math.ceil(next - burst * interval + interval), now);
  return { pace: next + interval, at };
}

/** A mailbox that asked for less: nothing goes to it for so long, and afterwards no burst. */
export function pauseMailbox(
  pace: MailboxPace,
  now: Instant,
  pause: number,
  { perHour, burst }: MailboxRatePolicy,
): MailboxPace {
  return Math.max(pace ?? now, now + pause + ((burst - 1) * HOUR) / perHour);
}
