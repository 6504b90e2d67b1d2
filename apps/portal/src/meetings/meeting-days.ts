import type { MeetingView } from '@holdfast/contracts';

export interface MeetingDay {
  /** The beginning of the day in the reader's zone; milliseconds. */
  readonly day: number;
  readonly meetings: readonly MeetingView[];
}

/** All-day meetings are days of the calendar, whatever the zone: they are written as midnight UTC. */
function dayOf(meeting: MeetingView): number {
  const at = new Date(meeting.start);
  return meeting.isAllDay
    ? new Date(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()).getTime()
    : new Date(meeting.start).setHours(0, 0, 0, 0);
}

/** Meetings by the day on which they begin, all-day ones first. One that goes on since before is of today. */
export function meetingDays(meetings: readonly MeetingView[], now: number): readonly MeetingDay[] {
  const today = new Date(now).setHours(0, 0, 0, 0);
  const days = Map.groupBy(meetings, (meeting) => Math.max(today, dayOf(meeting)));
  return [...days]
    .toSorted(([a], [b]) => a - b)
    .map(([day, those]) => ({
      day,
      meetings: those.toSorted(
        (a, b) =>
          Number(b.isAllDay) - Number(a.isAllDay) || Date.parse(a.start) - Date.parse(b.start),
      ),
    }));
}
