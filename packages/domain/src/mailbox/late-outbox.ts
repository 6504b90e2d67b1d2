import type { EmergencyEvent } from '../events/emergency-event.ts';
import { DAY, MINUTE, type Instant } from '../instant.ts';

/** What was written during an event and could not leave in time is taken this long after its end. */
export const LATE_OUTBOX = 14 * DAY;
/** The clock of a phone may be wrong by this much. */
const CLOCK_TOLERANCE = 5 * MINUTE;

export type SendingPermission =
  | { readonly kind: 'open' }
  /** The mailbox is read-only; this one was written before and is taken as if it had come in time. */
  | { readonly kind: 'late'; readonly eventId: string }
  | { readonly kind: 'not-covered' }
  | { readonly kind: 'not-written-then' }
  | { readonly kind: 'too-late' };

/**
 * Whether a user's message is taken now. `event` is the open event or, when there is none, the last one; `writtenAt` is
 * the phone's word (null: it says nothing), `signedInAt` when this user first signed in during that event.
 */
export function maySend(
  event: EmergencyEvent | null,
  userId: string,
  facts: {
    readonly now: Instant;
    readonly writtenAt: Instant | null;
    readonly signedInAt: Instant | null;
  },
): SendingPermission {
  if (event === null || !isCovered(event, userId)) return { kind: 'not-covered' };
  if (event.phase === 'active') return { kind: 'open' };
  const { now, writtenAt, signedInAt } = facts;
  if (writtenAt === null || signedInAt === null) return { kind: 'not-written-then' };
  const isBefore = writtenAt < signedInAt - CLOCK_TOLERANCE;
  const isAfter = writtenAt > event.endedAt + CLOCK_TOLERANCE;
  if (isBefore || isAfter) return { kind: 'not-written-then' };
  return now < event.endedAt + LATE_OUTBOX
    ? { kind: 'late', eventId: event.id }
    : { kind: 'too-late' };
}

function isCovered({ scope }: EmergencyEvent, userId: string): boolean {
  return scope.kind === 'everyone' || scope.userIds.includes(userId);
}
