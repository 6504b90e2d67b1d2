import type { MeetingView } from '@holdfast/contracts';
import { describe, expect, test } from 'vitest';
import { meetingDays } from './meeting-days.ts';

const meeting = (id: string, start: Date, change: Partial<MeetingView> = {}): MeetingView => ({
  id,
  subject: id,
  start: start.toISOString(),
  end: new Date(start.getTime() + 1_800_000).toISOString(),
  isAllDay: false,
  isCancelled: false,
  location: '',
  joinUrl: null,
  organizer: null,
  isPrivate: false,
  notes: '',
  ...change,
});
const NOW = new Date(2026, 10, 25, 12);

describe('meetings by day', () => {
  test('are in the order of time, those of all day first', () => {
    const days = meetingDays(
      [
        meeting('late', new Date(2026, 10, 26, 15)),
        meeting('early', new Date(2026, 10, 26, 9)),
        meeting('all day', new Date(Date.UTC(2026, 10, 26)), { isAllDay: true }),
        meeting('today', new Date(2026, 10, 25, 16)),
      ],
      NOW.getTime(),
    );
    expect(days.map(({ meetings }) => meetings.map(({ id }) => id))).toEqual([
      ['today'],
      ['all day', 'early', 'late'],
    ]);
    expect(days[0]?.day).toBe(new Date(2026, 10, 25).getTime());
  });

  test('that have begun before today are of today', () => {
    const [day] = meetingDays([meeting('long', new Date(2026, 10, 24, 22))], NOW.getTime());
    expect(day?.day).toBe(new Date(2026, 10, 25).getTime());
  });
});
