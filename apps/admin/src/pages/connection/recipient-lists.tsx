import type { RecipientListView } from '@holdfast/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { formatAgo, formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { State } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';

const words = m.connection.lists;

/** For each domain: whether an unknown recipient may be refused for good, and why or why not. */
export function RecipientLists({ lists }: { readonly lists: readonly RecipientListView[] }) {
  if (lists.length === 0) return null;
  return (
    <section aria-label={words.title} className="border-t border-line px-5 py-3">
      <h3 className="text-sm font-semibold">{words.title}</h3>
      <p className="mt-0.5 text-sm text-text-2">{words.text}</p>
      <ul className="mt-2 divide-y divide-line">
        {lists.map((list) => (
          <List key={list.domain} list={list} />
        ))}
      </ul>
    </section>
  );
}

function List({ list }: { readonly list: RecipientListView }) {
  const now = useNow();
  const trusted = list.complete && !list.stale;
  const asOf = list.asOf === null ? null : formatAgo(list.asOf, now, placeOfReader());
  return (
    <li className="grid gap-x-4 gap-y-1 py-2 text-sm sm:grid-cols-[1fr_auto] sm:items-start">
      <div className="min-w-0">
        <p className="flex flex-wrap gap-x-3">
          <b className="break-all">{list.domain}</b>
          <State tone={trusted ? 'good' : 'attention'}>
            {trusted ? words.complete : words.partial}
          </State>
        </p>
        <p className="text-text-2">
          {list.stale ? words.stale : words.reasons[list.reason]}
          {list.attestedBy === null || list.attestedAt === null
            ? null
            : ` ${words.by(list.attestedBy, formatInstant(list.attestedAt, now, placeOfReader()))}`}
          {asOf === null ? null : ` ${words.asOf(asOf)}`}
        </p>
      </div>
      <Word list={list} />
    </li>
  );
}

/** Reasons on which an administrator's word can do what Exchange's list does not. */
const ATTESTABLE: readonly RecipientListView['reason'][] = [
  'not-listed',
  'type-unknown',
  'attestation-expired',
];

function Word({ list }: { readonly list: RecipientListView }) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const attest = useMutation(
    api.directory.attest.mutationOptions({
      onSuccess: (next) => {
        setAsking(false);
        queries.setQueryData(api.directory.state.queryKey(), next);
      },
    }),
  );
  const withdraw = useMutation(
    api.directory.withdrawAttestation.mutationOptions({
      onSuccess: (next) => queries.setQueryData(api.directory.state.queryKey(), next),
    }),
  );
  const { domain } = list;
  if (list.attestedBy !== null)
    return (
      <div>
        <Button
          duty="operate"
          look="quiet"
          busy={withdraw.isPending}
          onClick={() => withdraw.mutate({ domain })}
        >
          {words.withdraw}
        </Button>
        {withdraw.isError ? <ProblemNote error={withdraw.error} /> : null}
      </div>
    );
  if (!ATTESTABLE.includes(list.reason)) return null;
  const close = () => {
    setAsking(false);
    attest.reset();
  };
  return (
    <>
      <Button duty="operate" onClick={() => setAsking(true)}>
        {words.attest}
      </Button>
      <Dialog
        open={asking}
        onClose={close}
        title={words.attestTitle(domain)}
        text={words.attestText}
        footer={
          <>
            <Button onClick={close}>{m.cancel}</Button>
            <Button
              duty="operate"
              look="primary"
              busy={attest.isPending}
              onClick={() => attest.mutate({ domain })}
            >
              {words.attestDo}
            </Button>
          </>
        }
      >
        <ul className="list-disc space-y-1 pl-5">
          {words.attestPoints.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
        {attest.isError ? <ProblemNote error={attest.error} /> : null}
      </Dialog>
    </>
  );
}
