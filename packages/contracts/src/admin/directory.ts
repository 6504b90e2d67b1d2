import { z } from 'zod';
import { uuid, type IsoInstant } from '../words.ts';

export interface SyncRunView {
  readonly id: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'needs-confirmation';
  readonly startedAt: IsoInstant;
  readonly finishedAt: IsoInstant | null;
  readonly seen: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly detail: string | null;
}

/** The run that stopped to ask; what it would have removed is removed by a new one. */
export const confirmRemovalsInput = z.object({ runId: uuid });

export interface DirectoryState {
  readonly syncedAt: IsoInstant | null;
  readonly complete: boolean;
  readonly latest: SyncRunView | null;
  readonly counts: {
    readonly eligible: number;
    readonly ineligible: number;
    readonly protected: number;
  };
}
