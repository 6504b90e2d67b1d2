import { DAY, type Instant } from '../instant.ts';

/** When users are reminded of alternate info, and when they are asked whether it still holds. */
export interface InfoReminderPolicy {
  /** Unit: milliseconds. */
  readonly every: number;
  /** Reminders after a request, and no more until somebody asks again; 0: none. */
  readonly most: number;
  /** Age of a proof after which it is asked for anew. Unit: milliseconds; 0: never. */
  readonly confirmAgainAfter: number;
}

export const DEFAULT_REMINDER_POLICY: InfoReminderPolicy = {
  every: 7 * DAY,
  most: 8,
  confirmAgainAfter: 182 * DAY,
};

/** Last asked no later than this: due for a reminder now. Null: nobody is reminded. */
export function remindAskedBefore(policy: InfoReminderPolicy, now: Instant): Instant | null {
  return policy.most > 0 ? now - policy.every : null;
}

/** Proven no later than this: due to be confirmed again. Null: nothing ever is. */
export function confirmProvenBefore(policy: InfoReminderPolicy, now: Instant): Instant | null {
  return policy.confirmAgainAfter > 0 ? now - policy.confirmAgainAfter : null;
}
