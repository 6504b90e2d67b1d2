import type {
  EvidenceSource,
  EvidenceVerdict,
  EvidenceWeight,
  OutageShape,
  PrimaryState,
} from '@holdfast/domain';
import type { IsoInstant } from '../words.ts';

export interface PrimaryView {
  readonly state: PrimaryState;
  readonly since: IsoInstant;
  readonly shape: OutageShape | null;
  readonly seen: boolean;
  /** One line per source: what was seen last, in words. */
  readonly sources: readonly {
    readonly source: string;
    /** `ours`: a fault of ours or of the set-up, which says nothing about Office 365. */
    readonly verdict: EvidenceVerdict;
    readonly cause: string;
    readonly at: IsoInstant;
    /** Milliseconds; null: no answer, or nobody's measure. */
    readonly latency: number | null;
    /** What to do where the fault is ours. */
    readonly remedy: string | null;
  }[];
}

/** A stretch in which one source said the same. */
export interface EvidenceView {
  readonly source: EvidenceSource;
  readonly from: IsoInstant;
  readonly until: IsoInstant;
  readonly verdict: EvidenceVerdict;
  readonly weight: EvidenceWeight;
  readonly cause: string;
  readonly remedy: string | null;
  readonly observations: number;
  readonly latency: number | null;
  readonly slowest: number | null;
}

export interface IncidentView {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly startedAt: IsoInstant | null;
  /** Where Microsoft tells of it; needs a sign-in there. */
  readonly href: string;
}

/** A day of Office 365's health. */
export interface HealthView {
  readonly at: IsoInstant;
  readonly since: IsoInstant;
  readonly primary: PrimaryView;
  readonly states: readonly { readonly state: PrimaryState; readonly since: IsoInstant }[];
  readonly evidence: readonly EvidenceView[];
  readonly incidents: readonly IncidentView[];
  /** When Microsoft was last asked and answered; null: never. */
  readonly incidentsReadAt: IsoInstant | null;
}
