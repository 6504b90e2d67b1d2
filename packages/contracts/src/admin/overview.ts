import type { AlternateInfoState, Ledger } from '@holdfast/domain';
import type { IsoInstant } from '../words.ts';
import type { EventView } from './event.ts';
import type { PrimaryView } from './primary.ts';

export interface Overview {
  readonly mail: {
    readonly hours: readonly {
      readonly hour: IsoInstant;
      readonly accepted: number;
      readonly delivered: number;
    }[];
    readonly waiting: number;
    /** Held, by review or by a person. */
    readonly inReview: number;
    readonly quarantined: number;
    readonly oldestWaiting: IsoInstant | null;
  };
  readonly primary: PrimaryView;
  readonly coverage: Coverage;
  readonly event: EventView | null;
  /** What needs the administrator, most urgent first. */
  readonly needs: readonly {
    readonly id: string;
    readonly level: 'problem' | 'attention';
    readonly title: string;
    readonly detail: string;
    readonly href: string;
  }[];
  /** Mail from outside. */
  readonly ledger: Ledger | null;
  /** What people wrote in emergency mailboxes. */
  readonly outboundLedger: Ledger | null;
  /** Our own notices and reports. */
  readonly noticesLedger: Ledger | null;
}

export interface Coverage {
  readonly protected: number;
  readonly reachable: number;
  readonly byState: Readonly<Record<AlternateInfoState, number>>;
}
