import type {
  DirectoryStateReading,
  RecipientListReading,
  SyncRunRecord,
} from '@holdfast/application';
import type { DirectoryState, RecipientListView, SyncRunView } from '@holdfast/contracts';
import { toIso, toIsoOrNull } from './instant.ts';

export function presentSyncRun(run: SyncRunRecord): SyncRunView {
  const { id, state, startedAt, finishedAt, seen, added, changed, removed, detail } = run;
  const { fullPass, phase } = run;
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
    fullPass,
    phase,
  };
}

export function presentDirectory(reading: DirectoryStateReading): DirectoryState {
  const { syncedAt, complete, latest, counts, guardPercent, lists } = reading;
  return {
    syncedAt: toIsoOrNull(syncedAt),
    complete,
    guardPercent,
    lists: lists.map(presentList),
    latest: latest === null ? null : presentSyncRun(latest),
    counts,
  };
}

function presentList({ domain, stale }: RecipientListReading): RecipientListView {
  const { complete, reason, asOf } = domain.recipientList;
  const vouched = complete && reason === 'attested' ? domain.attestation : null;
  return {
    domain: domain.name,
    complete,
    reason,
    asOf: toIsoOrNull(asOf),
    stale,
    attestedBy: vouched?.by ?? null,
    attestedAt: toIsoOrNull(vouched?.at ?? null),
  };
}
