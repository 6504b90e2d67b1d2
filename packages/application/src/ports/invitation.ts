import type { Instant } from '@holdfast/domain';
import type { MailParty } from './message-parser.ts';

export type AttendeeAnswer = 'accepted' | 'declined' | 'tentative' | 'none';

export interface Recurrence {
  readonly frequency: 'daily' | 'weekly' | 'monthly' | 'yearly';
  /** Every so many of them. */
  readonly interval: number;
  /** As in RFC 5545 BYDAY: `MO`, `2TU` (the second), `-1FR` (the last). */
  readonly days: readonly string[];
  readonly count: number | null;
  readonly until: Instant | null;
}

/** The first event of a calendar part (RFC 5546). Everything in it is a stranger's word. */
export interface Invitation {
  readonly method: 'request' | 'cancel' | 'reply' | 'publish';
  readonly subject: string;
  readonly location: string;
  /** Plain text. */
  readonly notes: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly isAllDay: boolean;
  /** The organiser's, by IANA name where it is known; null when the time was given in UTC. */
  readonly zone: string | null;
  /** The time stands for whatever zone its reader is in. */
  readonly isFloating: boolean;
  readonly organizer: MailParty | null;
  readonly attendees: readonly (MailParty & { readonly answer: AttendeeAnswer })[];
  readonly recurrence: Recurrence | null;
  /** It is about one occurrence of a series. */
  readonly isOneOfSeries: boolean;
  /** How often it was changed since it was first sent. */
  readonly sequence: number;
  readonly joinUrl: string | null;
}
