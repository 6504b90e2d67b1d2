import type { ExchangeView } from '@holdfast/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { formatAgo, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Section, Skeleton } from '../../ui/page.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';
import { State, type Tone } from '../../ui/state.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ExchangeChoices } from './exchange-choices.tsx';
import { ExchangeDifference } from './exchange-difference.tsx';
import { ExchangeScriptDialog } from './exchange-script-dialog.tsx';

const words = m.exchange;
const TONE: Readonly<Record<ExchangeView['established'], Tone>> = {
  yes: 'good',
  no: 'attention',
  attested: 'good-weak',
  unknown: 'hollow',
};

/** The Office 365 side: what is there, what we would change, and the ways to change it. */
export function ExchangePanel() {
  const queries = useQueryClient();
  const view = useQuery(api.exchange.get.queryOptions());
  const check = useMutation(
    api.exchange.check.mutationOptions({
      onSuccess: async (next) => {
        queries.setQueryData(api.exchange.get.queryKey(), next);
        await queries.invalidateQueries({ queryKey: api.overview.get.queryKey() });
      },
    }),
  );
  return (
    <Section
      title={words.title}
      text={words.text}
      actions={
        <Button duty="operate" busy={check.isPending} onClick={() => check.mutate()}>
          {words.check}
        </Button>
      }
    >
      {check.isError ? <ProblemNote error={check.error} /> : null}
      {view.isPending ? <Skeleton rows={4} height={36} /> : null}
      {view.isError ? <ProblemNote error={view.error} retry={() => void view.refetch()} /> : null}
      {view.data === undefined ? null : <Side view={view.data} />}
    </Section>
  );
}

function Side({ view }: { readonly view: ExchangeView }) {
  return (
    <div className="grid gap-5">
      <Standing view={view} />
      <ExchangeChoices view={view} />
      <div>
        <h3 className="mb-1">{words.difference}</h3>
        <p className="mb-2 max-w-[70ch] text-text-2">{words.differenceText}</p>
        <ExchangeDifference view={view} />
        <Ways view={view} />
      </div>
      {view.changes.length === 0 ? null : <Changes view={view} />}
    </div>
  );
}

function Standing({ view }: { readonly view: ExchangeView }) {
  const now = useNow();
  return (
    <div className="surface grid gap-1 px-5 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium">
          <State tone={TONE[view.established]}>{words.state[view.established]}</State>
        </span>
        <span className="num text-sm text-text-3">
          {view.check === null
            ? words.never
            : words.checked(formatAgo(view.check.at, now, placeOfReader()))}
        </span>
      </div>
      <p className="max-w-[70ch] text-text-2">{words.stateText[view.established]}</p>
      {view.failure === null ? null : <p className="max-w-[70ch] text-text-2">{view.failure}</p>}
      {view.established === 'attested' && view.attestedBy !== null ? (
        <p className="text-text-2">{words.saidBy(view.attestedBy)}</p>
      ) : null}
      {view.lockedDown === true ? (
        <div className="mt-1">
          <Note tone="neutral">{words.lockedDown}</Note>
        </div>
      ) : null}
    </div>
  );
}

/** With our permission, or by a script; before anything is changed it says what, since all mail is concerned. */
function Ways({ view }: { readonly view: ExchangeView }) {
  const queries = useQueryClient();
  const [shown, setShown] = useState<'apply' | 'script' | null>(null);
  const apply = useMutation(
    api.exchange.carryOut.mutationOptions({
      onSuccess: async (next) => {
        queries.setQueryData(api.exchange.get.queryKey(), next);
        setShown(null);
        toast(words.applied);
        await queries.invalidateQueries();
      },
    }),
  );
  const isSettled = view.established === 'yes';
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      {view.steps.length === 0 ? null : (
        <Button look="primary" onClick={() => setShown('apply')}>
          {words.apply}
        </Button>
      )}
      {isSettled ? null : <Button onClick={() => setShown('script')}>{words.byHand}</Button>}
      <Dialog
        open={shown === 'apply'}
        onClose={() => setShown(null)}
        title={words.applyTitle(view.steps.length)}
        text={words.applyText}
        footer={
          <>
            <Button onClick={() => setShown(null)}>{m.cancel}</Button>
            <Button
              duty="operate"
              look="primary"
              busy={apply.isPending}
              onClick={() => apply.mutate()}
            >
              {words.applyNow}
            </Button>
          </>
        }
      >
        <ul className="grid list-disc gap-1.5 pl-5">
          {view.steps.map((step) => (
            <li key={step.title}>{step.title}</li>
          ))}
        </ul>
        {apply.isError ? (
          <div className="mt-3">
            <ProblemNote error={apply.error} />
          </div>
        ) : null}
      </Dialog>
      <ExchangeScriptDialog open={shown === 'script'} onClose={() => setShown(null)} />
    </div>
  );
}

function Changes({ view }: { readonly view: ExchangeView }) {
  const now = useNow();
  return (
    <div>
      <h3 className="mb-2">{words.changes}</h3>
      <ul className="surface divide-y divide-line">
        {view.changes.map((change) => (
          <li key={change.id} className="flex flex-wrap gap-x-6 gap-y-0.5 px-5 py-2.5">
            <span className="min-w-0 flex-[1_1_260px] break-words">
              {change.title}
              {change.uncertain ? (
                <span className="text-attention-text"> · {words.uncertain}</span>
              ) : null}
            </span>
            <span className="num text-sm text-text-3">
              {change.byHand ? `${words.wayByHand} · ` : ''}
              {change.actor} · {formatAgo(change.at, now, placeOfReader())}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
