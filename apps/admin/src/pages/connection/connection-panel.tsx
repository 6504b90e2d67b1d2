import type { ConnectionView } from '@holdfast/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { formatAgo, formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';
import { State } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ConnectForm } from './connect-form.tsx';

const words = m.wizard.connect;

/** What is connected, what each permission proves, and how to connect another application. */
export function ConnectionPanel() {
  const connection = useQuery(api.connection.get.queryOptions());
  const [changing, setChanging] = useState(false);
  if (connection.isPending) return <Skeleton rows={4} />;
  if (connection.isError)
    return <ProblemNote error={connection.error} retry={() => void connection.refetch()} />;
  const view = connection.data;
  if (!view.connected || changing)
    return (
      <>
        {view.connected ? null : (
          <p className="mb-4">
            <State tone="hollow">{words.notConnected}</State>
          </p>
        )}
        <ConnectForm
          known={view}
          onDone={() => setChanging(false)}
          onCancel={view.connected ? () => setChanging(false) : null}
        />
        <Permissions />
      </>
    );
  return <Connected view={view} onChange={() => setChanging(true)} />;
}

/** What to grant, before there is anything to check. */
function Permissions() {
  return (
    <section aria-label={words.permissions} className="mt-6">
      <h2 className="text-base">{words.permissions}</h2>
      <dl className="surface mt-2 divide-y divide-line text-sm">
        {words.permission.map(([name, needed]) => (
          <div key={name} className="grid gap-x-6 px-5 py-2 sm:grid-cols-2">
            <dt className="font-mono text-xs leading-5 break-words">{name}</dt>
            <dd className="text-text-2">{needed}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-sm text-text-2">{words.preflightNone}</p>
    </section>
  );
}

function Connected({
  view,
  onChange,
}: {
  readonly view: ConnectionView;
  readonly onChange: () => void;
}) {
  const queries = useQueryClient();
  const now = useNow();
  const check = useMutation(
    api.connection.check.mutationOptions({
      onSuccess: (next) => queries.setQueryData(api.connection.get.queryKey(), next),
    }),
  );
  const facts: readonly (readonly [string, string | null])[] = [
    [words.initialDomain, view.initialDomain],
    [words.tenantId, view.tenantId],
    [words.clientId, view.clientId],
    [
      words.connectedAt,
      view.connectedAt === null ? null : formatInstant(view.connectedAt, now, placeOfReader()),
    ],
  ];
  return (
    <div className="surface">
      <div className="flex flex-wrap items-center gap-3 px-5 py-3">
        <State tone="good">
          <b>{words.connectedTo(view.displayName ?? view.initialDomain ?? m.none)}</b>
        </State>
        <div className="ml-auto flex flex-wrap gap-2">
          <Button icon="sync" busy={check.isPending} onClick={() => check.mutate()}>
            {words.again}
          </Button>
          <Button look="quiet" onClick={onChange}>
            {words.change}
          </Button>
        </div>
      </div>
      <dl className="grid gap-x-6 gap-y-1 border-t border-line px-5 py-3 text-sm sm:grid-cols-[180px_1fr]">
        {facts.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-text-2">{label}</dt>
            <dd className="font-mono text-xs break-all max-sm:mb-1">{value ?? m.none}</dd>
          </div>
        ))}
      </dl>
      {check.isError ? (
        <div className="px-5 pb-3">
          <ProblemNote error={check.error} />
        </div>
      ) : null}
      <Preflight preflight={view.preflight} now={now} />
    </div>
  );
}

function Preflight({
  preflight,
  now,
}: {
  readonly preflight: ConnectionView['preflight'];
  readonly now: number;
}) {
  if (preflight === null)
    return <p className="border-t border-line px-5 py-3 text-text-2">{words.preflightNone}</p>;
  const failed = preflight.items.filter((item) => !item.ok).length;
  return (
    <section aria-label={words.preflight} className="border-t border-line">
      <div className="flex flex-wrap gap-x-4 px-5 pt-3 pb-1">
        <h2 className="text-base">{words.preflight}</h2>
        <span className="ml-auto text-sm text-text-2">
          {words.preflightAt(formatAgo(preflight.at, now, placeOfReader()))}
        </span>
      </div>
      <ul className="divide-y divide-line">
        {preflight.items.map((item) => (
          <li
            key={item.check}
            className="grid gap-x-6 px-5 py-2.5 text-sm sm:grid-cols-[100px_1fr]"
          >
            <State tone={item.ok ? 'good' : 'problem'}>
              {item.ok ? words.works : words.blocked}
            </State>
            <div className="min-w-0">
              <p className="font-medium">{words.check(item.check)}</p>
              <p className="text-text-2">{words.blocks(item.blocks)}</p>
              {item.detail === '' ? null : (
                <p className={item.ok ? 'text-text-3' : 'text-problem-text'}>{item.detail}</p>
              )}
            </div>
          </li>
        ))}
      </ul>
      {failed === 0 ? null : (
        <div className="p-3">
          <Note tone="attention">{words.someMissing(failed)}</Note>
        </div>
      )}
    </section>
  );
}
