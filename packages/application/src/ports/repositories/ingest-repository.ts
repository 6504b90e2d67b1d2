import type { Instant } from '@holdfast/domain';
import type { IngestedMessage } from '../../records/mail.ts';
import type { SpoolAlarm, SpoolPosition } from '../spool.ts';

/** A protected user who reads mail to an address. */
export interface Reader {
  readonly userId: string;
  /** Display name of the group that the mail is addressed to; null for an address of the user's own. */
  readonly viaGroup: string | null;
}

/** A segment's cursor goes from an offset to a position. */
export interface SpoolMove {
  readonly from: number;
  readonly to: SpoolPosition;
}

export class SpoolPositionMovedError extends Error {
  constructor() {
    super('The cursor of a spool segment is not where it was left: what is there is read again');
    this.name = 'SpoolPositionMovedError';
  }
}

export interface IngestRepository {
  /** Where reading of each segment goes on; one that was never read is left out. */
  positions(): Promise<readonly SpoolPosition[]>;
  /**
   * Rows and cursors in one transaction. A row that is there already (accepted day, message id, organisation) is left
   * alone. Returns how many were new. Throws `SpoolPositionMovedError` when a cursor is not where the move begins:
   * another process reads the same segment, or the database was set back.
   */
  apply(messages: readonly IngestedMessage[], moves: readonly SpoolMove[]): Promise<number>;
  /**
   * Who reads mail to these addresses: the protected owner, or the protected members of a group and of the groups in
   * it. An address that nobody reads is left out.
   */
  readers(
    addresses: readonly { readonly organisationId: string; readonly address: string }[],
  ): Promise<
    readonly {
      readonly organisationId: string;
      readonly address: string;
      readonly readers: readonly Reader[];
    }[]
  >;
  /** Makes the tables of these instants' days where they are missing. */
  ensureDays(instants: readonly Instant[]): Promise<void>;
  recordAlarm(alarm: SpoolAlarm, at: Instant): Promise<void>;
  alarms(): Promise<readonly (SpoolAlarm & { readonly at: Instant })[]>;
}
