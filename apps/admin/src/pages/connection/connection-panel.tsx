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
import { ConnectWays } from './connect-ways.tsx';
import { Disconnect } from './disconnect.tsx';
import { PreflightList } from './preflight-list.tsx';
import { TierList } from './tier-list.tsx';

const words = m.wizard.connect;
const facts = m.connection.facts;
/** While checks run they are followed this closely. Unit: ms. */
const FOLLOW_EVERY = 700;
/** Otherwise this often: a consent may be taken back at any time. Unit: ms. */
const LOOK_EVERY = 15_000;

/** What is connected, what it may do, what works, and how to change it. */
export function ConnectionPanel() {
  const connection = useQuery(
    api.connection.get.queryOptions(undefined, {
      refetchInterval: (query) =>
        query.state.data?.preflight?.state === 'running' ? FOLLOW_EVERY : LOOK_EVERY,
    }),
  );
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
        <ConnectWays
          known={view}
          onDone={() => setChanging(false)}
          onCancel={view.connected ? () => setChanging(false) : null}
        />
      </>
    );
  return <Connected view={view} onChange={() => setChanging(true)} />;
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
  const running = view.preflight?.state === 'running';
  return (
    <div className="surface">
      <div className="flex flex-wrap items-center gap-3 px-5 py-3">
        <State tone={view.refused === null ? 'good' : 'problem'}>
          <b>{words.connectedTo(view.displayName ?? view.initialDomain ?? m.none)}</b>
        </State>
        <div className="ml-auto flex flex-wrap gap-2">
          <Button
            duty="operate"
            icon="sync"
            busy={check.isPending || running}
            onClick={() => check.mutate()}
          >
            {words.again}
          </Button>
          <Button look="quiet" onClick={onChange}>
            {m.connection.renew}
          </Button>
          <Disconnect />
        </div>
      </div>
      {view.refused === null ? null : (
        <div className="px-3 pb-3">
          <Note tone="problem" role="alert">
            <p className="font-medium">
              {m.connection.refused(formatAgo(view.refused.since, now, placeOfReader()))}
            </p>
            <p>{view.refused.detail}</p>
          </Note>
        </div>
      )}
      <Facts view={view} now={now} />
      <div className="border-t border-line px-5 py-4">
        <TierList permissions={view.permissions} tiers={view.tiers} />
        <div className="mt-3 flex flex-wrap items-center gap-3">
          {view.tiers.length === 3 ? null : (
            <Button onClick={onChange}>{m.connection.tiers.add}</Button>
          )}
          {view.grantedAt === null ? null : (
            <span className="text-sm text-text-2">
              {m.connection.tiers.at(formatAgo(view.grantedAt, now, placeOfReader()))}
            </span>
          )}
        </div>
      </div>
      {check.isError ? (
        <div className="px-5 pb-3">
          <ProblemNote error={check.error} />
        </div>
      ) : null}
      <PreflightList preflight={view.preflight} now={now} />
    </div>
  );
}

function Facts({ view, now }: { readonly view: ConnectionView; readonly now: number }) {
  const place = placeOfReader();
  const until = (at: string | null): string =>
    at === null ? '' : `, ${facts.until(formatInstant(at, now, place))}`;
  const rows: readonly (readonly [string, string | null])[] = [
    [words.initialDomain, view.initialDomain],
    [words.tenantId, view.tenantId],
    [facts.mode, view.mode === 'consent' ? facts.byConsent : facts.byApplication],
    [words.clientId, view.clientId],
    [
      words.connectedAt,
      view.connectedAt === null ? null : formatInstant(view.connectedAt, now, place),
    ],
  ];
  const { proof } = view;
  const shown =
    proof === null
      ? rows
      : [...rows, [facts.proof, `${facts[proof.kind]}${until(proof.expiresAt)}`] as const];
  return (
    <dl className="grid gap-x-6 gap-y-1 border-t border-line px-5 py-3 text-sm sm:grid-cols-[180px_1fr]">
      {shown.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-text-2">{label}</dt>
          <dd className="break-words max-sm:mb-1">{value ?? m.none}</dd>
        </div>
      ))}
    </dl>
  );
}
