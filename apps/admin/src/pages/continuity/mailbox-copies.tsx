import type { MailboxCopiesView } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Skeleton } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { State } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';

const words = m.mailboxCopies;
/** It goes on for days; a look in a while is enough. Unit: ms. */
const FOLLOW_EVERY = 15_000;

/** How much of people's mailboxes an event would show. */
export function MailboxCopies() {
  const copies = useQuery(
    api.mailboxAccess.copies.queryOptions(undefined, { refetchInterval: FOLLOW_EVERY }),
  );
  return (
    <section aria-labelledby="mailbox-copies" className="surface mt-4 px-5 py-3.5">
      <h2 id="mailbox-copies" className="font-semibold">
        {words.title}
      </h2>
      <p className="mt-1 text-text-2">{words.text}</p>
      {copies.isError ? (
        <ProblemNote error={copies.error} retry={() => void copies.refetch()} />
      ) : copies.isPending ? (
        <Skeleton rows={1} height={24} />
      ) : (
        <Progress copies={copies.data} />
      )}
    </section>
  );
}

function Progress({ copies }: { readonly copies: MailboxCopiesView }) {
  const now = useNow();
  if (!copies.isPermitted)
    return (
      <>
        <p className="mt-2">
          <State tone="hollow">
            <b>{words.absent}</b>
          </State>
        </p>
        <p className="mt-1 text-text-2">{words.absentText}</p>
      </>
    );
  if (copies.users === 0) return <p className="mt-2">{words.nobody}</p>;
  const isRefused = copies.forbidden === copies.users;
  const isWhole = copies.current === copies.users;
  return (
    <div className="mt-2" role="status">
      <p>
        <State tone={isRefused ? 'problem' : isWhole ? 'good' : 'attention'}>
          <b>{isRefused ? words.refused : isWhole ? words.current : words.copying}</b>
        </State>
      </p>
      <p className="num mt-1">{words.progress(copies.current, copies.users)}</p>
      <p className="num text-text-2">
        {words.copied(copies.messages, copies.size, copies.sizeToday)}
      </p>
      {copies.oldestCheck === null ? null : (
        <p className="num text-text-2">
          {words.looked(formatInstant(copies.oldestCheck, now, placeOfReader()))}
        </p>
      )}
      {copies.forbidden === 0 ? null : (
        <p className="text-text-2">
          {words.forbidden(copies.forbidden)}
          {copies.refusal === null ? '' : ` ${words.said(copies.refusal)}`}
        </p>
      )}
      {copies.failed === 0 ? null : <p className="text-text-2">{words.failed(copies.failed)}</p>}
    </div>
  );
}
