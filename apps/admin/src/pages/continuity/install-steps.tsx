import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { formatAgo, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { AppLink } from '../../ui/app-link.tsx';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';
import { State } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';

/** While a step waits it is followed this closely. Unit: ms. */
const FOLLOW_EVERY = 1_000;
const words = m.wizard.result;
const TONE = { waiting: 'neutral', done: 'good', failed: 'problem' } as const;

/** What installing does on the Office 365 side, step by step, with another try for what failed. */
export function InstallSteps({ elsewhere = false }: { readonly elsewhere?: boolean }) {
  const queries = useQueryClient();
  const now = useNow();
  const state = useQuery(
    api.installation.state.queryOptions(undefined, {
      refetchInterval: (query) =>
        query.state.data?.steps.some((step) => step.state === 'waiting') === true
          ? FOLLOW_EVERY
          : false,
    }),
  );
  const retry = useMutation(
    api.installation.retry.mutationOptions({
      onSuccess: (next) => queries.setQueryData(api.installation.state.queryKey(), next),
    }),
  );
  if (state.isPending) return <Skeleton rows={2} height={44} />;
  if (state.isError) return <ProblemNote error={state.error} retry={() => void state.refetch()} />;
  const failed = state.data.steps.some((step) => step.state === 'failed');
  // Where the panel with the script is not on the same page.
  const byScript =
    elsewhere &&
    state.data.steps.some((step) => step.step === 'exchange' && step.state === 'failed');
  return (
    <>
      <ul className="surface divide-y divide-line" aria-live="polite">
        {state.data.steps.map((step) => (
          <li key={step.step} className="grid gap-x-6 px-5 py-3 sm:grid-cols-[130px_1fr_auto]">
            <State tone={TONE[step.state]}>{words.state[step.state]}</State>
            <div className="min-w-0">
              <p className="font-medium">{words.steps[step.step]}</p>
              <p className="text-text-2">{step.detail}</p>
            </div>
            <span className="num text-sm text-text-3">
              {formatAgo(step.at, now, placeOfReader())}
            </span>
          </li>
        ))}
      </ul>
      {failed ? (
        <div className="mt-3">
          <Note
            tone="attention"
            action={
              <Button duty="operate" busy={retry.isPending} onClick={() => retry.mutate()}>
                {words.retry}
              </Button>
            }
          >
            {words.failedText}{' '}
            {byScript ? <AppLink href="/continuity">{words.byScript}</AppLink> : null}
          </Note>
        </div>
      ) : null}
      {retry.isError ? (
        <div className="mt-3">
          <ProblemNote error={retry.error} />
        </div>
      ) : null}
    </>
  );
}
