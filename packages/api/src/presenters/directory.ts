import type { DirectoryStateReading, SyncRunRecord } from '@holdfast/application';
import type { DirectoryState, SyncRunView } from '@holdfast/contracts';
import { toIso, toIsoOrNull } from './instant.ts';

export function presentSyncRun(run: SyncRunRecord): SyncRunView {
  const { id, state, startedAt, finishedAt, seen, added, changed, removed, detail } = run;
  return {
    id,
    state,
    startedAt: toIso(startedAt),
    finishedAt: toIsoOrNull(finishedAt),
    seen,
    added,
    changed,
    removed,
    detail,
  };
}

export function presentDirectory(reading: DirectoryStateReading): DirectoryState {
  const { syncedAt, complete, latest, counts } = reading;
  return {
    syncedAt: toIsoOrNull(syncedAt),
    complete,
    latest: latest === null ? null : presentSyncRun(latest),
    counts,
  };
}
