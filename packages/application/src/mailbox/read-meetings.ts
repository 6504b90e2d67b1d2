import { calendarSealContext } from '../mailbox-access/refresh-calendar.ts';
import type { Meeting } from '../ports/office365/mailbox-reading.ts';
import type { Ports } from '../ports.ts';
import { withMailbox, type UserActor } from './user-access.ts';

export interface MeetingsReading {
  /** When the calendar was read in Office 365; null: it never was, or may not be. */
  readonly asOf: number | null;
  /** What is not over yet, in the order of time. */
  readonly meetings: readonly Meeting[];
}

/** The user's meetings of the days to come, as they stood in Office 365 when it was last read. */
export async function readMeetings(ports: Ports, actor: UserActor): Promise<MeetingsReading> {
  const kept = await withMailbox(ports, actor, 'read', ({ copies }) =>
    copies.calendar(actor.userId),
  );
  if (kept === null) return { asOf: null, meetings: [] };
  const context = calendarSealContext(actor.organisationId, actor.userId);
  // Sealed by us, so that its shape is ours.
  const meetings = JSON.parse(ports.secrets.open(kept.sealed, context)) as readonly Meeting[];
  const now = ports.clock.now();
  return { asOf: kept.asOf, meetings: meetings.filter(({ end }) => end > now) };
}
