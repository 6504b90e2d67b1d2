import type { SyncRunView } from '@holdfast/contracts';
import { formatAgo, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { State } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ConfirmRemovals } from './confirm-removals.tsx';
import { RecipientLists } from './recipient-lists.tsx';
import { SyncGuard } from './sync-guard.tsx';
import { useDirectory } from './use-directory.ts';

const words = m.wizard.refresh;

/** `detailed`: with what is known of each domain, and the guard; the wizard leaves that for later. */
export function RefreshPanel({ detailed = false }: { readonly detailed?: boolean }) {
  const { state, refresh, running } = useDirectory();
  const now = useNow();
  if (state.isPending) return <Skeleton rows={3} />;
  if (state.isError) return <ProblemNote error={state.error} retry={() => void state.refetch()} />;
  const { syncedAt, latest, counts, complete, lists, guardPercent } = state.data;
  return (
    <div className="surface">
      <div className="flex flex-wrap items-center gap-3 px-5 py-3">
        <State tone={syncedAt === null ? 'hollow' : 'good'}>
          {syncedAt === null ? words.never : words.at(formatAgo(syncedAt, now, placeOfReader()))}
        </State>
        <Button
          duty="operate"
          className="ml-auto"
          icon="sync"
          look={syncedAt === null ? 'primary' : 'plain'}
          busy={running}
          onClick={() => refresh.mutate()}
        >
          {syncedAt === null ? words.start : words.again}
        </Button>
      </div>
      {refresh.isError ? (
        <div className="px-5 pb-3">
          <ProblemNote error={refresh.error} />
        </div>
      ) : null}
      {latest === null ? null : (
        <div role="status" className="border-t border-line px-5 py-3">
          <Run run={latest} />
        </div>
      )}
      {syncedAt === null ? null : (
        <div className="border-t border-line px-5 py-3">
          <p className="num">{words.counts(counts.eligible, counts.ineligible)}</p>
          {complete ? null : <p className="text-attention-text">{words.incomplete}</p>}
        </div>
      )}
      {detailed && syncedAt !== null ? (
        <>
          <RecipientLists lists={lists} />
          <SyncGuard percent={guardPercent} />
        </>
      ) : null}
    </div>
  );
}

export function Run({ run }: { readonly run: SyncRunView }) {
  switch (run.state) {
    case 'waiting':
      return <Busy text={words.waiting} />;
    case 'running':
      return <Busy text={words.phases[run.phase ?? 'reading'](run.seen)} />;
    case 'done':
      return (
        <p className="num flex flex-wrap gap-x-4">
          <State tone="good">{words.done}</State>
          <b>{words.result(run.added, run.changed, run.removed)}</b>
          {run.detail === null ? null : (
            <span className="basis-full text-text-2">{run.detail}</span>
          )}
        </p>
      );
    case 'needs-confirmation':
      return (
        <>
          <State tone="attention">{words.needsConfirmation}</State>
          <p className="mt-1 text-text-2">{run.detail}</p>
          <ConfirmRemovals runId={run.id} detail={run.detail} />
        </>
      );
    case 'failed':
      return (
        <>
          <State tone="problem">{words.failed}</State>
          <p className="mt-1 text-text-2">
            {run.detail} {words.failedText}
          </p>
        </>
      );
  }
}

function Busy({ text }: { readonly text: string }) {
  return (
    <>
      <State tone="neutral">
        <span className="num">{text}</span>
      </State>
      <div aria-hidden="true" className="mt-2 h-1 overflow-hidden rounded-full bg-hover">
        <div className="h-full w-1/3 animate-pulse rounded-full bg-accent" />
      </div>
    </>
  );
}
