import type { Instant } from '@holdfast/domain';
import type { SpoolClass, StoreReference } from './spool.ts';

/** A segment that nobody appends to any more. */
export interface FinishedSegment {
  readonly instance: string;
  readonly segment: string;
  readonly class: SpoolClass;
  /** Copies that retention made: counted nowhere, and not read by ingest. */
  readonly kept: boolean;
  /** No record in it was accepted later. */
  readonly lastWrittenAt: Instant;
}

/** The files of the spool beyond reading and appending: what retention does to them. */
export interface SpoolHousekeeping {
  /** Oldest first. */
  finished(): Promise<readonly FinishedSegment[]>;
  /** Copies records to `kept`; durable and read back when it resolves. In the order of the references. */
  keep(references: readonly StoreReference[]): Promise<readonly StoreReference[]>;
  /** Unlinks the segment and the body files that its records name; durable when it resolves. Safe to repeat. */
  remove(segment: { readonly instance: string; readonly segment: string }): Promise<void>;
  /**
   * Removes what a dead writer left: bodies that no record names and that are older than `staleAfter` milliseconds, and
   * directories in which nothing is left.
   */
  tidy(
    now: Instant,
    staleAfter: number,
  ): Promise<{ readonly bodies: number; readonly instances: number }>;
}

/** A message row that is still there, and what speaks for keeping its bytes. */
export interface StandingMessage {
  readonly id: string;
  readonly organisationId: string;
  readonly acceptedAt: Instant;
  readonly reference: StoreReference;
  /** Some delivery is not in its final state: quarantined and held ones as well. */
  readonly open: boolean;
  /** When the last delivery changed; null without any. */
  readonly settledAt: Instant | null;
}

export interface MovedMessage {
  readonly id: string;
  readonly organisationId: string;
  readonly acceptedAt: Instant;
  readonly from: StoreReference;
  readonly to: StoreReference;
}

/** Mail from outside, what people wrote in emergency mailboxes, and what the product wrote itself. */
export type LedgerPart = 'inbound' | 'outbound' | 'notices';

export interface SettledCount {
  readonly organisationId: string;
  readonly part: LedgerPart;
  readonly recipients: number;
}

export interface SegmentRemoval {
  readonly instance: string;
  readonly segment: string;
  /** Bytes of the segment that were read: ingest must have read as far. */
  readonly end: number;
  readonly moved: readonly MovedMessage[];
  /** Accepted recipients, counted from its records. */
  readonly accepted: readonly SettledCount[];
  readonly at: Instant;
}

export interface RetentionRepository {
  /** Days that have rows, `YYYY-MM-DD`, oldest first. */
  days(): Promise<readonly string[]>;
  /**
   * Removes the rows of a day and adds the states of its deliveries to what is settled, in one transaction. Messages with
   * an open delivery stay, and those of an organisation in an event that were within `retention` milliseconds when it
   * began; without any the whole day is dropped. Returns how many messages stayed. Waits for nobody: throws
   * `DatabaseBusyError` while the day is in use.
   */
  retireDay(day: string, retention: number): Promise<number>;
  /** The rows of these records, whatever their organisation. */
  standing(
    records: readonly { readonly id: string; readonly acceptedAt: Instant }[],
  ): Promise<readonly StandingMessage[]>;
  /**
   * Every segment that rows name and whose bytes must be there: of copies, and of what still waits. `end` is the offset
   * behind the last record that a row names.
   */
  namedSegments(): Promise<
    readonly {
      readonly instance: string;
      readonly segment: string;
      readonly messages: number;
      readonly end: number;
    }[]
  >;
  /** How far ingest has read a segment; null when it never did. */
  readTo(instance: string, segment: string): Promise<number | null>;
  /** References, counts and mark in one transaction. Throws when ingest has not read as far, or it is marked already. */
  removeSegment(removal: SegmentRemoval): Promise<void>;
  /** References alone. Returns how many rows were where `from` says. */
  move(moved: readonly MovedMessage[]): Promise<number>;
  /** Segments that are marked removed and whose files may still be there. */
  removed(): Promise<readonly { readonly instance: string; readonly segment: string }[]>;
  /** What a search would find an erased message by. */
  forgetWords(message: {
    readonly organisationId: string;
    readonly id: string;
    readonly acceptedAt: Instant;
  }): Promise<void>;
  /** Tries at signing in and the like that no limit counts any more. */
  forgetAttempts(before: Instant): Promise<void>;
  /** After the files of a removed segment are gone for good. */
  forget(segment: { readonly instance: string; readonly segment: string }): Promise<void>;
}
