import type { DomainRowView, DomainView } from '@holdfast/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { keepDomain } from './keep-domain.ts';
import { AppLink } from '../../ui/app-link.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';
import { State, type Tone } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ArrivalsSection } from './arrivals-section.tsx';
import { worstTone } from './check-tone.ts';
import { ChecksSection } from './checks-section.tsx';
import { DomainAlerts } from './domain-alerts.tsx';
import { FilterModeForm } from './filter-mode-form.tsx';
import { HistorySection } from './history-section.tsx';
import { MxFacts } from './mx-facts.tsx';
import { OutboundSection } from './outbound-section.tsx';
import { RecordsDialog } from './records-dialog.tsx';

/** Checked on a schedule on the server; the page follows. Unit: ms. */
export const DOMAIN_LOOK_EVERY = 15_000;

const TONE: Readonly<Record<DomainView['state'], Tone>> = {
  unchecked: 'hollow',
  wrong: 'problem',
  partial: 'attention',
  correct: 'good',
  drifted: 'problem',
};

/** One line of a long list, opened when it is wanted. */
export function FoldedDomain({ domain }: { readonly domain: DomainRowView }) {
  const [open, setOpen] = useState(false);
  if (open) return <OpenDomain name={domain.name} onFold={() => setOpen(false)} />;
  const { counts } = domain;
  return (
    <section aria-label={domain.name} className="surface">
      <button
        type="button"
        aria-label={m.domainChecks.more(domain.name)}
        className="grid w-full items-center gap-x-6 gap-y-1 rounded-surface px-5 py-3 text-start hover:bg-hover md:grid-cols-[1fr_220px_220px]"
        onClick={() => setOpen(true)}
      >
        <span className="font-semibold break-all">{domain.name}</span>
        <State tone={TONE[domain.state]}>{m.state.domain[domain.state]}</State>
        {counts === null ? (
          <span className="text-text-2">{m.domainChecks.none}</span>
        ) : (
          <State tone={worstTone(counts)}>
            {m.domainChecks.summary(counts.problems, counts.attentions, counts.unknown)}
          </State>
        )}
      </button>
    </section>
  );
}

/** All of one domain, asked for when it is looked at. */
export function OpenDomain({
  name,
  onFold,
}: {
  readonly name: string;
  readonly onFold?: () => void;
}) {
  const domain = useQuery(
    api.domains.get.queryOptions({ name }, { refetchInterval: DOMAIN_LOOK_EVERY }),
  );
  if (domain.isSuccess)
    return <DomainSurface domain={domain.data} {...(onFold !== undefined && { onFold })} />;
  return (
    <section aria-label={name} className="surface px-5 py-3.5">
      <h2 className="break-all">{name}</h2>
      <div className="mt-3">
        {domain.isError ? (
          <ProblemNote error={domain.error} retry={() => void domain.refetch()} />
        ) : (
          <Skeleton rows={2} height={48} />
        )}
      </div>
    </section>
  );
}

function DomainSurface({
  domain,
  onFold,
}: {
  readonly domain: DomainView;
  /** In a long list. */
  readonly onFold?: () => void;
}) {
  const queries = useQueryClient();
  const [learning, setLearning] = useState(false);
  const check = useMutation(
    api.domains.check.mutationOptions({
      onSuccess: async (next) => {
        keepDomain(queries, next);
        const { name } = next;
        await queries.invalidateQueries({ queryKey: api.domains.history.queryKey({ name }) });
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
        <div className="ml-auto flex flex-wrap gap-2">
          <Button
            duty="operate"
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
          {onFold === undefined ? null : <Button onClick={onFold}>{m.domainChecks.fold}</Button>}
        </div>
      </div>
      <div className="px-5 pt-1 pb-4">
        <p className="text-text-2">
          {domain.filterMode === 'filter-in-front'
            ? m.domains.behindFilter
            : m.domains.sentence[domain.state]}
          {domain.checkDetail === null ? '' : ` ${domain.checkDetail}`}
        </p>
        <DomainAlerts domain={domain} />
        <MxFacts domain={domain} />
        <WhileItChanges domain={domain} />
        {check.isError ? (
          <div className="mt-3">
            <ProblemNote error={check.error} />
          </div>
        ) : null}
      </div>
      <ChecksSection domain={domain} />
      <OutboundSection domain={domain} />
      <FilterModeForm domain={domain} />
      <ArrivalsSection domain={domain} />
      <HistorySection name={domain.name} />
      <RecordsDialog domain={domain} open={learning} onClose={() => setLearning(false)} />
    </section>
  );
}

/** A change takes as long as the old TTL, wherever it was kept. */
function WhileItChanges({ domain }: { readonly domain: DomainView }) {
  const now = useNow();
  const { oldMxUntil, watchedUntil } = domain;
  const at = (iso: string): string => formatInstant(iso, now, placeOfReader());
  const watched = watchedUntil !== null && Date.parse(watchedUntil) > now;
  if (oldMxUntil === null && !watched) return null;
  return (
    <div className="mt-3">
      <Note tone="neutral" role="status">
        {oldMxUntil === null ? null : <p>{m.domainChecks.oldUntil(at(oldMxUntil))}</p>}
        {watched ? <p>{m.domainChecks.watchedUntil(at(watchedUntil))}</p> : null}
      </Note>
    </div>
  );
}
