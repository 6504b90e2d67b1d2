import type { OutageShape, PrimaryState } from '@holdfast/domain';
import type { IsoInstant } from '../words.ts';

export interface PrimaryView {
  readonly state: PrimaryState;
  readonly since: IsoInstant;
  readonly shape: OutageShape | null;
  readonly seen: boolean;
  /** One line per source: what was seen last, in words. */
  readonly sources: readonly {
    readonly source: string;
    readonly verdict: 'good' | 'bad';
    readonly cause: string;
    readonly at: IsoInstant;
  }[];
}
