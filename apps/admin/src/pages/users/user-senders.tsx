import type { ListEntryView, UserRow } from '@holdfast/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import type { ListKind } from '../../messages/vocabulary.ts';
import { readProblem } from '../../session/problem.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

const words = m.users.senders;

/** Senders that this person allows or blocks: read from their mailbox once, managed here afterwards. */
export function UserSenders({ user }: { readonly user: UserRow }) {
  const queries = useQueryClient();
  const query = api.security.ofUser.queryOptions({ userId: user.id });
  const lists = useQuery(query);
  const remove = useMutation(
    api.security.removeForUser.mutationOptions({
      onSuccess: (next) => queries.setQueryData(query.queryKey, next),
    }),
  );
  return (
    <section className="mt-5 border-t border-line pt-4" aria-label={words.title}>
      <h3 className="font-medium">{words.title}</h3>
      <p className="mt-0.5 text-sm text-text-2">{words.text}</p>
      {lists.isError ? (
        <div className="mt-3">
          <ProblemNote error={lists.error} retry={() => void lists.refetch()} />
        </div>
      ) : lists.isPending ? (
        <Skeleton rows={2} />
      ) : (
        <>
          <EntryLines
            entries={lists.data.entries}
            busy={remove.isPending}
            onRemove={(id) => remove.mutate({ userId: user.id, ids: [id] })}
          />
          {remove.isError ? <ProblemNote error={remove.error} /> : null}
          <AddSender userId={user.id} />
          <p className="mt-3 text-sm text-text-2">
            {lists.data.readAt === null ? words.notRead : words.read}
            {lists.data.contactsTrusted ? ` ${words.contacts}` : ''}
            {lists.data.listsOnly ? ` ${words.listsOnly}` : ''}
          </p>
        </>
      )}
    </section>
  );
}

function EntryLines({
  entries,
  busy,
  onRemove,
}: {
  readonly entries: readonly ListEntryView[];
  readonly busy: boolean;
  readonly onRemove: (id: string) => void;
}) {
  if (entries.length === 0) return <p className="mt-2 text-text-2">{words.none}</p>;
  return (
    <ul className="mt-2 max-h-56 divide-y divide-line overflow-y-auto">
      {entries.map((entry) => (
        <li key={entry.id} className="flex items-center gap-3 py-1">
          <span className="min-w-0 flex-1">
            <span className="break-all">{entry.readable ?? entry.value.replace(/^=/, '')}</span>{' '}
            <span className="text-sm text-text-2">
              {words.kinds[entry.kind]}
              {entry.type === 'address' ? '' : `, ${m.security.types[entry.type].toLowerCase()}`}
            </span>
          </span>
          <IconButton
            icon="trash"
            label={m.security.removeOne(entry.value)}
            disabled={busy}
            onClick={() => onRemove(entry.id)}
          />
        </li>
      ))}
    </ul>
  );
}

function AddSender({ userId }: { readonly userId: string }) {
  const queries = useQueryClient();
  const [value, setValue] = useState('');
  const [kind, setKind] = useState<ListKind>('allow');
  const add = useMutation(
    api.security.addForUser.mutationOptions({
      onSuccess: (next) => {
        queries.setQueryData(api.security.ofUser.queryKey({ userId }), next);
        setValue('');
      },
    }),
  );
  const problem = add.isError ? readProblem(add.error) : null;
  const refused = problem?.kind === 'refused' ? problem.error.message : undefined;
  return (
    <form
      className="mt-3 grid items-start gap-2 sm:grid-cols-[1fr_auto_auto]"
      onSubmit={(event) => {
        event.preventDefault();
        if (value.trim() !== '') add.mutate({ userId, kind, values: [value.trim()] });
      }}
    >
      <Field label={words.sender} error={refused}>
        {(control) => (
          <input
            {...control}
            className="input"
            spellCheck={false}
            autoCapitalize="off"
            placeholder="someone@partner.example"
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        )}
      </Field>
      <Field label={words.what}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={kind}
            onChange={(event) => setKind(event.target.value === 'block' ? 'block' : 'allow')}
          >
            <option value="allow">{words.allow}</option>
            <option value="block">{words.block}</option>
          </select>
        )}
      </Field>
      <span className="sm:pt-6">
        <Button duty="operate" type="submit" busy={add.isPending}>
          {m.security.add}
        </Button>
      </span>
      {problem !== null && refused === undefined ? <ProblemNote error={add.error} /> : null}
    </form>
  );
}
