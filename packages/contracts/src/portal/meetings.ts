import type { IsoInstant } from '../words.ts';
import type { Party } from './people.ts';

export interface MeetingView {
  readonly id: string;
  readonly subject: string;
  readonly start: IsoInstant;
  readonly end: IsoInstant;
  readonly isAllDay: boolean;
  readonly isCancelled: boolean;
  readonly location: string;
  readonly joinUrl: string | null;
  readonly organizer: Party | null;
  readonly isPrivate: boolean;
  readonly notes: string;
}

export interface MeetingsView {
  /** When Office 365 was read; null: the calendar is not here. */
  readonly asOf: IsoInstant | null;
  readonly meetings: readonly MeetingView[];
}
