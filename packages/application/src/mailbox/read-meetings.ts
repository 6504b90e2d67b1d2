import { openPersonalData } from '../mailbox-access/personal-data.ts';
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
  const meetings =
    kept === null ? null : openPersonalData(ports.secrets, actor, kept.sealed).meetings;
  if (kept === null || meetings === null) return { asOf: null, meetings: [] };
  const now = ports.clock.now();
  return { asOf: kept.asOf, meetings: meetings.filter(({ end }) => end > now) };
}
