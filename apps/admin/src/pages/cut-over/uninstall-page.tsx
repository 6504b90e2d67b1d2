import { UNINSTALL_WORDS, type UninstallationView, type UninstallView } from '@holdfast/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { formatDay, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { fieldError } from '../../session/problem.ts';
import { AppLink } from '../../ui/app-link.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { PageHeader, Section, Skeleton } from '../../ui/page.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';
import { useNow } from '../../ui/use-now.ts';
import { Script } from './lock-down-panel.tsx';

const words = m.cutOver.uninstall;

/** While the job runs. Milliseconds. */
const LOOK_SOON = 1500;

/** What speaks against it, each with its link; what happens; typed words; and afterwards what is left to do. */
export function UninstallPage() {
  const review = useQuery(
    api.cutOver.reviewUninstall.queryOptions(undefined, {
      refetchInterval: (query) =>
        query.state.data?.latest?.state === 'running' ? LOOK_SOON : false,
    }),
  );
  return (
    <div className="max-w-[760px]">
      <PageHeader title={words.title} text={words.text} />
      {review.isError ? (
        <ProblemNote error={review.error} retry={() => void review.refetch()} />
      ) : review.isPending ? (
        <Skeleton rows={5} height={48} />
      ) : (
        <Review review={review.data} />
      )}
    </div>
  );
}

function Review({ review }: { readonly review: UninstallView }) {
  const { latest, blockers } = review;
  if (latest?.state === 'running') {
    return (
      <Note tone="neutral" role="status">
        <p className="font-medium">{words.running}</p>
        {latest.detail === null ? null : <p>{latest.detail}</p>}
      </Note>
    );
  }
  if (latest?.state === 'done' && review.protectedUsers === 0) return <Done record={latest} />;
  return (
    <div className="grid gap-5">
      {latest?.state === 'stopped' ? (
        <Note tone="problem" role="alert">
          <p className="font-medium">{words.stopped}</p>
          <p>{latest.detail}</p>
        </Note>
      ) : null}
      {blockers.length === 0 ? (
        <Note tone="good">{words.ready}</Note>
      ) : (
        <Blockers blockers={blockers} />
      )}
      <Section title={words.happens}>
        <Happens review={review} />
      </Section>
      {blockers.length === 0 ? <Confirm /> : null}
    </div>
  );
}

function Blockers({ blockers }: Pick<UninstallView, 'blockers'>) {
  return (
    <section aria-label={words.blockers} className="surface">
      <div className="px-5 pt-3.5 pb-1">
        <h2>{words.blockers}</h2>
        <p className="text-text-2">{words.blockersText}</p>
      </div>
      <ul className="divide-y divide-line">
        {blockers.map(({ title, detail, href }) => (
          <li key={title} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3">
            <div className="min-w-0 flex-[1_1_260px]">
              <p className="font-medium break-words">{title}</p>
              <p className="text-text-2">{detail}</p>
            </div>
            <AppLink href={href} className={buttonClass()}>
              {words.open}
            </AppLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Happens({ review }: { readonly review: UninstallView }) {
  const now = useNow();
  return (
    <ul className="grid list-disc gap-1 pl-5">
      <li>{words.removes}</li>
      <li>{words.ends(review.protectedUsers)}</li>
      <li>{words.copies(formatDay(review.copiesUntil, now, placeOfReader()))}</li>
      <li>{words.audit}</li>
    </ul>
  );
}

function Confirm() {
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const uninstall = useMutation(
    api.cutOver.uninstall.mutationOptions({
      onSuccess: async (next) => {
        queries.setQueryData(api.cutOver.reviewUninstall.queryKey(), next);
        await queries.invalidateQueries();
      },
    }),
  );
  const error = fieldError(uninstall.error, 'typed');
  return (
    <form
      className="surface grid gap-3 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        uninstall.mutate({ typed });
      }}
    >
      <Field label={words.typed(UNINSTALL_WORDS)} error={error}>
        {(control) => (
          <input
            {...control}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className="input max-w-60"
          />
        )}
      </Field>
      <div>
        <Button
          duty="operate"
          type="submit"
          look="problem"
          busy={uninstall.isPending}
          disabled={typed.trim().toLowerCase() !== UNINSTALL_WORDS}
        >
          {words.do}
        </Button>
      </div>
      {uninstall.isError && error === undefined ? <ProblemNote error={uninstall.error} /> : null}
    </form>
  );
}

function Done({ record }: { readonly record: UninstallationView }) {
  const now = useNow();
  return (
    <div className="grid gap-5">
      <Note tone="good" role="status">
        <p className="font-medium">{words.done}</p>
        {record.copiesUntil === null ? null : (
          <p>{words.copies(formatDay(record.copiesUntil, now, placeOfReader()))}</p>
        )}
      </Note>
      <Section title={words.byHand}>
        <Lines lines={record.byHand} />
        {record.script === null ? null : (
          <div className="mt-3 grid gap-2">
            <p>{words.script}</p>
            <Script text={record.script} />
          </div>
        )}
      </Section>
      <Section title={words.removed}>
        <Lines lines={record.removed} />
      </Section>
      <div>
        <AppLink href="/continuity" className={buttonClass()}>
          {words.toSetUp}
        </AppLink>
      </div>
    </div>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul className="grid list-disc gap-1 pl-5">
      {lines.map((line) => (
        <li key={line} className="break-words">
          {line}
        </li>
      ))}
    </ul>
  );
}
