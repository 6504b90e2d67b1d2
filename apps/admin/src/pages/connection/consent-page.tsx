import type { ConnectionView } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { AppLink } from '../../ui/app-link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Empty, PageHeader, Skeleton } from '../../ui/page.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';
import { readConsentAnswer } from './consent-answer.ts';

const words = m.connection.back;

/** Where Microsoft's page leads back to: hands the answer in, once, and says what became of it. */
export function ConsentPage() {
  const queries = useQueryClient();
  // Read once: the state is good for one answer, and must not stay in the address.
  const [answer] = useState(() => readConsentAnswer(globalThis.location.hash));
  const handedIn = useRef(false);
  const finish = useMutation(
    api.connection.finishConsent.mutationOptions({
      onSuccess: async (view) => {
        queries.setQueryData(api.connection.get.queryKey(), view);
        await queries.invalidateQueries({ queryKey: api.session.me.queryKey() });
      },
    }),
  );
  const { mutate } = finish;
  useEffect(() => {
    if (answer === null || handedIn.current) return;
    handedIn.current = true;
    globalThis.history.replaceState(globalThis.history.state, '', globalThis.location.pathname);
    mutate(answer);
  }, [answer, mutate]);
  return (
    <div className="max-w-[760px]">
      <PageHeader title={words.title} />
      {answer === null ? (
        <div className="surface">
          <Empty title={words.nothing} text={words.nothingText}>
            <ToConnection />
          </Empty>
        </div>
      ) : (
        <Outcome view={finish.data ?? null} error={finish.error} />
      )}
    </div>
  );
}

function Outcome({
  view,
  error,
}: {
  readonly view: ConnectionView | null;
  readonly error: unknown;
}) {
  if (view !== null)
    return (
      <div className="grid gap-4">
        <Note tone="good" role="status">
          <p className="font-medium">{words.done(view.displayName ?? m.none)}</p>
          <p>{words.doneText}</p>
        </Note>
        <ToConnection />
      </div>
    );
  if (error !== null)
    return (
      <div className="grid gap-4">
        <h2>{words.failed}</h2>
        <ProblemNote error={error} />
        <ToConnection />
      </div>
    );
  return (
    <>
      <p role="status" className="mb-3 text-text-2">
        {words.working}
      </p>
      <Skeleton rows={3} />
    </>
  );
}

function ToConnection() {
  return (
    <p>
      <AppLink href="/connection" className={buttonClass('primary')}>
        {words.toConnection}
      </AppLink>
    </p>
  );
}
