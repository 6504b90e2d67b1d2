import type {
  DraftRow,
  DraftView,
  RestoredDraft,
  SaveDraftInput,
  SaveDraftResult,
} from '@holdfast/contracts';
import type { Draft } from './draft.ts';
import type { DraftNews } from './draft-sync.ts';

/** What the exchange with the server needs: the drafts of one person on this device, and the server, which may not answer. */
export interface SyncPorts {
  readonly device: string;
  readonly all: () => Promise<readonly Draft[]>;
  readonly get: (key: string) => Promise<Draft | null>;
  /** As it is, without marking it as edited. */
  readonly put: (draft: Draft) => Promise<void>;
  readonly remove: (key: string) => Promise<void>;
  readonly save: (input: SaveDraftInput) => Promise<SaveDraftResult | 'unreachable'>;
  readonly discard: (key: string, base: number) => Promise<'discarded' | 'changed' | 'unreachable'>;
  readonly restore: (key: string) => Promise<RestoredDraft | 'gone' | 'unreachable'>;
  readonly list: () => Promise<readonly DraftRow[] | 'unreachable'>;
  readonly read: (key: string) => Promise<DraftView | 'gone' | 'unreachable'>;
  readonly tell: (news: DraftNews) => void;
}
