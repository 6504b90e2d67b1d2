/** A point in time: milliseconds since 1970-01-01T00:00Z. The domain has no clock; instants arrive in commands. */
export type Instant = number;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The UTC calendar day of an instant as `YYYY-MM-DD`: the partition key of messages, deliveries and mailbox items. */
export function dayOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10);
}
