import type { DomainView } from '@holdfast/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api } from '../../api.ts';
import { formatAgo, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { AppLink } from '../../ui/app-link.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Empty, PageHeader, Skeleton } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { State, type Tone } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { FilterModeForm } from './filter-mode-form.tsx';
import { OutboundSection } from './outbound-section.tsx';
import { RecordsDialog } from './records-dialog.tsx';

/** Checked on a schedule on the server; the page follows. Unit: ms. */
const LOOK_EVERY = 15_000;

const TONE: Readonly<Record<DomainView['state'], Tone>> = {
  unchecked: 'hollow',
  wrong: 'problem',
  partial: 'attention',
  correct: 'good',
  drifted: 'problem',
};

export function DomainsPage() {
  const domains = useQuery(
    api.domains.list.queryOptions(undefined, { refetchInterval: LOOK_EVERY }),
  );
  return (
    <div className="max-w-[920px]">
      <PageHeader
        title={m.domains.title}
        text={m.domains.text}
        actions={
          <AppLink href="/domains/card" className={buttonClass()}>
            {m.cutOver.card.link}
          </AppLink>
        }
      />
      {domains.isError ? (
        <ProblemNote error={domains.error} retry={() => void domains.refetch()} />
      ) : domains.isPending ? (
        <Skeleton rows={3} height={120} />
      ) : domains.data.length === 0 ? (
        <div className="surface">
          <Empty title={m.domains.empty} text={m.domains.emptyText}>
            <AppLink href="/connection" className={buttonClass()}>
              {m.domains.toSetUp}
            </AppLink>
          </Empty>
        </div>
      ) : (
        <ul className="grid gap-4">
          {domains.data.map((domain) => (
            <li key={domain.name}>
              {domain.protectable ? (
                <DomainSurface domain={domain} />
              ) : (
                <NotProtectable domain={domain} />
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function NotProtectable({ domain }: { readonly domain: DomainView }) {
  return (
    <section aria-label={domain.name} className="surface px-5 py-3.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h2 className="break-all">{domain.name}</h2>
        <span className="text-text-2">
          <State tone="hollow">{m.domains.notProtectableWord}</State>
        </span>
      </div>
      {domain.reason === null ? null : (
        <p className="mt-1 text-text-2">{m.domains.notProtectable[domain.reason]}</p>
      )}
    </section>
  );
}

function DomainSurface({ domain }: { readonly domain: DomainView }) {
  const queries = useQueryClient();
  const [learning, setLearning] = useState(false);
  const check = useMutation(
    api.domains.check.mutationOptions({
      onSuccess: (next) => {
        queries.setQueryData(api.domains.list.queryKey(), (all) =>
          all?.map((entry) => (entry.name === next.name ? next : entry)),
        );
      },
    }),
  );
  return (
    <section aria-label={domain.name} className="surface">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 pt-3.5">
        <h2 className="break-all">{domain.name}</h2>
        <span role="status">
          <State tone={TONE[domain.state]}>{m.state.domain[domain.state]}</State>
        </span>
        <div className="ml-auto flex gap-2">
          <Button
            icon="sync"
            busy={check.isPending}
            onClick={() => check.mutate({ name: domain.name })}
          >
            {check.isPending ? m.domains.checking : m.domains.checkAgain}
          </Button>
          <Button onClick={() => setLearning(true)}>{m.learnMore}</Button>
          <AppLink href={`/domains/${domain.name}/cut-over`} className={buttonClass()}>
            {m.domains.cutOver}
          </AppLink>
        </div>
      </div>
      <div className="px-5 pt-1 pb-4">
        <p className="text-text-2">
          {domain.filterMode === 'filter-in-front'
            ? m.domains.behindFilter
            : m.domains.sentence[domain.state]}
          {domain.checkDetail === null ? '' : ` ${domain.checkDetail}`}
        </p>
        <MxFacts domain={domain} />
        {check.isError ? (
          <div className="mt-3">
            <ProblemNote error={check.error} />
          </div>
        ) : null}
      </div>
      <OutboundSection domain={domain} />
      <FilterModeForm domain={domain} />
      <RecordsDialog domain={domain} open={learning} onClose={() => setLearning(false)} />
    </section>
  );
}

function MxFacts({ domain }: { readonly domain: DomainView }) {
  const now = useNow();
  const ours = new Set(domain.expectedMx.map((mx) => mx.exchange));
  const seen = new Set(domain.observedMx.map((mx) => mx.exchange));
  const checked = domain.checkedAt !== null;
  return (
    <dl className="mt-3 grid gap-x-8 gap-y-3 text-sm sm:grid-cols-2 md:grid-cols-[1fr_1fr_auto_auto]">
      <Fact label={m.domains.expected}>
        {domain.expectedMx.map((mx) => (
          <Mx
            key={mx.exchange}
            mx={mx}
            note={checked && !seen.has(mx.exchange) ? m.domains.missing : null}
          />
        ))}
      </Fact>
      <Fact label={m.domains.observed}>
        {domain.observedMx.length === 0 ? (
          <span className="text-text-2">{checked ? m.domains.observedNone : m.none}</span>
        ) : (
          domain.observedMx.map((mx) => (
            <Mx key={mx.exchange} mx={mx} note={ours.has(mx.exchange) ? null : m.domains.foreign} />
          ))
        )}
      </Fact>
      <Fact label={m.domains.ttl}>
        <span className="num">
          {domain.observedTtl === null ? m.none : m.domains.ttlValue(domain.observedTtl)}
        </span>
      </Fact>
      <Fact label={m.domains.lastCheck}>
        <span className="num">
          {domain.checkedAt === null
            ? m.domains.never
            : formatAgo(domain.checkedAt, now, placeOfReader())}
        </span>
      </Fact>
    </dl>
  );
}

function Mx({
  mx,
  note,
}: {
  readonly mx: DomainView['expectedMx'][number];
  readonly note: string | null;
}) {
  return (
    <span className="num block font-mono text-xs leading-6 break-all">
      {mx.preference} {mx.exchange}
      {note === null ? null : (
        <span className="ml-2 inline-block font-sans whitespace-nowrap text-attention-text">
          {note}
        </span>
      )}
    </span>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-text-2">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
