import type { Instant, PlacedWord } from '@holdfast/domain';
import type { SpoolPosition } from '../spool.ts';

/** The words of one message for one organisation; who sees it is added from its views. */
export interface IndexedText {
  readonly acceptedAt: Instant;
  readonly organisationId: string;
  readonly messageId: string;
  readonly subject: readonly PlacedWord[];
  readonly from: readonly PlacedWord[];
  /** Cc as well. */
  readonly to: readonly PlacedWord[];
  readonly text: readonly PlacedWord[];
  /** Names of attached files. */
  readonly file: readonly PlacedWord[];
  readonly hasAttachment: boolean;
}

/** The search index: filled from the spool, behind ingest. */
export interface SearchRepository {
  /** Segments of which ingest has committed more than is indexed, the least indexed first. */
  behind(): Promise<
    readonly {
      readonly instance: string;
      readonly segment: string;
      /** Up to here it is indexed, and up to there it may be. */
      readonly from: number;
      readonly to: number;
    }[]
  >;
  /** Words and cursor in one transaction. A message that nobody sees, now or after its release, is left out. */
  index(texts: readonly IndexedText[], next: SpoolPosition): Promise<void>;
}
