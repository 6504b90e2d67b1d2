import { z } from 'zod';
import type { ListReason } from '@holdfast/domain';
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
  /** Everything is read anew, not only what changed. */
  readonly fullPass: boolean;
  /** What a run that goes on is doing. */
  readonly phase: 'reading' | 'mailboxes' | 'members' | 'applying' | null;
}

export const refreshInput = z.object({ full: z.boolean().default(false) }).default({ full: false });

/** From which share on a sync stops and asks. Unit: percent. */
export const saveGuardInput = z.object({ percent: z.number().int().min(1).max(100) });

export const recipientListInput = z.object({
  domain: z.string().trim().toLowerCase().min(3).max(253),
});

/** Whether every recipient of a domain is known, so that an unknown one may be refused for good. */
export interface RecipientListView {
  readonly domain: string;
  readonly complete: boolean;
  readonly reason: ListReason;
  readonly asOf: IsoInstant | null;
  /** Complete, and too old to refuse anybody. */
  readonly stale: boolean;
  readonly attestedBy: string | null;
  readonly attestedAt: IsoInstant | null;
}

/** The run that stopped to ask; what it would have removed is removed by a new one. */
export const confirmRemovalsInput = z.object({ runId: uuid });

export interface DirectoryState {
  readonly syncedAt: IsoInstant | null;
  readonly complete: boolean;
  /** From which share on a sync stops and asks. Unit: percent. */
  readonly guardPercent: number;
  readonly lists: readonly RecipientListView[];
  readonly latest: SyncRunView | null;
  readonly counts: {
    readonly eligible: number;
    /** Of the eligible, those whose account is switched off. */
    readonly switchedOff: number;
    readonly ineligible: number;
    readonly protected: number;
  };
}
