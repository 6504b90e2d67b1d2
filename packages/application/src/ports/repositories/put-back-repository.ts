import type { Instant, MailFolder } from '@holdfast/domain';

/** A message that was written, or what was done with one that came. */
export type PutBackKind = 'sent' | 'state';

/**
 * `done`: it is there. `same`: it was that way already. `theirs`: it was changed in Office 365 later, and stays. `not-found`: no
 * such message there. `no-mailbox`, `forbidden`: nothing can be put there. `whole-only`: signed or sealed by its writer, it
 * would be another message if it was made anew there. `waiting`: it is tried again.
 */
export type PutBackOutcome =
  | 'waiting'
  | 'done'
  | 'same'
  | 'theirs'
  | 'not-found'
  | 'no-mailbox'
  | 'forbidden'
  | 'whole-only';

export interface PutBackEntry {
  readonly itemId: string;
  readonly userId: string;
  readonly kind: PutBackKind;
  readonly outcome: PutBackOutcome;
  readonly detail: string | null;
  readonly tries: number;
  readonly at: Instant;
}

/** A view that its reader changed during the event. */
export interface TouchedItem {
  readonly itemId: string;
  readonly userId: string;
  readonly address: string;
  readonly messageId: string | null;
  readonly folder: MailFolder;
  readonly isRead: boolean;
  readonly isFlagged: boolean;
  readonly touchedAt: Instant;
  /** Null: it lies where it came. */
  readonly movedAt: Instant | null;
}

export interface PutBackCounts {
  readonly kind: PutBackKind;
  readonly outcome: PutBackOutcome;
  readonly count: number;
}

export interface PutBackRepository {
  /** Views that were touched since, and of which this event has no final word. */
  touched(eventId: string, since: Instant): Promise<readonly TouchedItem[]>;
  touchedItem(itemId: string): Promise<TouchedItem | null>;
  /** It was carried back: from here on Office 365 is followed again, unless its reader has touched it anew. */
  settleTouch(itemId: string, touchedAt: Instant): Promise<void>;
  entry(eventId: string, itemId: string, kind: PutBackKind): Promise<PutBackEntry | null>;
  /** What could not be put back is tried anew. */
  reopen(eventId: string): Promise<void>;
  save(eventId: string, entry: PutBackEntry): Promise<void>;
  counts(eventId: string): Promise<readonly PutBackCounts[]>;
  /** Messages that a user wrote and that cannot be put back. */
  leftSentOf(eventId: string, userId: string): Promise<number>;
  /** What has no place in Office 365, by person: for the report. */
  leftOver(
    eventId: string,
    limit: number,
  ): Promise<readonly (PutBackEntry & { readonly address: string; readonly subject: string })[]>;
}
