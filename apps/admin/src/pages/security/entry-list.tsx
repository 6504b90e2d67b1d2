import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { formatDay, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import type { ListEntry, ListKind } from '../../messages/vocabulary.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Empty, Section } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useNow } from '../../ui/use-now.ts';
import { AddEntriesDialog } from './add-entries-dialog.tsx';

const words = m.security;
/** From here on a list has a filter of its own, and shows this many at a time. */
const MANY = 12;
const SHOWN = 200;

export function EntryList({
  kind,
  entries,
}: {
  readonly kind: ListKind;
  readonly entries: readonly ListEntry[];
}) {
  const [adding, setAdding] = useState(false);
  const [filter, setFilter] = useState('');
  const remove = useRemoval(words[kind]);
  const wanted = filter.trim().toLowerCase();
  const found = entries.filter((entry) =>
    `${entry.value} ${entry.readable ?? ''} ${entry.note}`.toLowerCase().includes(wanted),
  );
  return (
    <Section
      title={words[kind]}
      text={kind === 'allow' ? words.allowText : words.blockText}
      actions={
        <Button duty="operate" icon="plus" onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      }
    >
      {entries.length > MANY ? (
        <input
          type="search"
          aria-label={`${words.search}: ${words[kind]}`}
          placeholder={words.search}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          className="input mb-2"
        />
      ) : null}
      {remove.isError ? (
        <div className="mb-2">
          <ProblemNote error={remove.error} />
        </div>
      ) : null}
      <div className="surface">
        {entries.length === 0 ? (
          <Empty
            title={kind === 'allow' ? words.emptyAllow : words.emptyBlock}
            text={kind === 'allow' ? words.emptyAllowText : words.emptyBlockText}
          />
        ) : found.length === 0 ? (
          <p className="px-5 py-4 text-text-2">{words.noMatch}</p>
        ) : (
          <EntryTable
            label={words[kind]}
            entries={found.slice(0, SHOWN)}
            busy={remove.isPending}
            onRemove={remove.run}
          />
        )}
        {found.length > SHOWN ? (
          <p className="num border-t border-line px-3 py-2 text-sm text-text-2">
            {m.users.range(1, SHOWN, found.length)}
          </p>
        ) : null}
      </div>
      <AddEntriesDialog kind={kind} open={adding} onClose={() => setAdding(false)} />
    </Section>
  );
}

/** Removed at once, with a way back: the same entry is added again, with its note. */
function useRemoval(list: string) {
  const queries = useQueryClient();
  const key = api.security.lists.queryKey();
  const restore = useMutation(
    api.security.add.mutationOptions({
      onSuccess: (next) => {
        queries.setQueryData(key, next);
        toast(words.restored);
      },
    }),
  );
  // An entry for one domain alone is put back as such, and is known to have come from Office 365.
  const restoreForDomain = useMutation(
    api.security.takeFromTenant.mutationOptions({
      onSuccess: (next) => {
        queries.setQueryData(key, next);
        toast(words.restored);
      },
    }),
  );
  const putBack = ({ kind, value, note, expiresAt, forDomain }: ListEntry) =>
    forDomain === null
      ? restore.mutate({ kind, values: [value], note, expiresAt })
      : restoreForDomain.mutate({ entries: [{ kind, value, note, expiresAt, forDomain }] });
  const remove = useMutation(
    api.security.remove.mutationOptions({
      onSuccess: (next) => queries.setQueryData(key, next),
    }),
  );
  return {
    isPending: remove.isPending,
    isError: remove.isError || restore.isError || restoreForDomain.isError,
    error: remove.error ?? restore.error ?? restoreForDomain.error,
    run: (entry: ListEntry) =>
      remove.mutate(
        { ids: [entry.id] },
        {
          onSuccess: () =>
            toast(words.removed(1, list), {
              label: words.undo,
              run: () => putBack(entry),
            }),
        },
      ),
  };
}

function EntryTable({
  label,
  entries,
  busy,
  onRemove,
}: {
  readonly label: string;
  readonly entries: readonly ListEntry[];
  readonly busy: boolean;
  readonly onRemove: (entry: ListEntry) => void;
}) {
  const now = useNow();
  return (
    <table className="data max-md:table-fixed" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{words.entry}</th>
          <th scope="col" className="max-md:hidden">
            {words.type}
          </th>
          <th scope="col" className="max-md:hidden">
            {words.source}
          </th>
          <th scope="col" className="max-md:hidden">
            {words.note}
          </th>
          <th scope="col" className="max-md:hidden">
            {words.added}
          </th>
          <th scope="col" className="w-[3.5rem]">
            <span className="sr-only">{words.remove}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td className="break-all">
              <span className="font-medium">{entry.readable ?? entry.value.replace(/^=/, '')}</span>
              <EntryBounds entry={entry} />
              <span className="block text-xs text-text-2 md:hidden">
                {words.sources[entry.source]}
                {entry.note === '' ? '' : ` · ${entry.note}`}
              </span>
            </td>
            <td className="text-text-2 max-md:hidden">{words.types[entry.type]}</td>
            <td className="text-text-2 max-md:hidden">{words.sources[entry.source]}</td>
            <td className="text-text-2 max-md:hidden">{entry.note === '' ? m.none : entry.note}</td>
            <td className="num text-text-2 max-md:hidden">
              {formatDay(entry.addedAt, now, placeOfReader())}
              {entry.source === 'tenant' ? '' : ` ${words.by(entry.addedBy)}`}
            </td>
            <td className="py-1!">
              <IconButton
                icon="trash"
                label={words.removeOne(entry.value)}
                disabled={busy}
                onClick={() => onRemove(entry)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** For whom, and until when; nothing for what is for everyone and does not end. */
function EntryBounds({ entry }: { readonly entry: ListEntry }) {
  const now = useNow();
  const { forDomain, expiresAt, readable } = entry;
  const over = expiresAt !== null && Date.parse(expiresAt) <= now;
  const bounds = [
    ...(readable === null ? [] : [entry.value.replace(/^=/, '')]),
    ...(forDomain === null ? [] : [words.forDomain(forDomain)]),
    ...(expiresAt === null
      ? []
      : [over ? words.over : words.until(formatDay(expiresAt, now, placeOfReader()))]),
  ];
  return bounds.length === 0 ? null : (
    <span className="block text-xs text-text-2">{bounds.join(' · ')}</span>
  );
}
