import type { DomainRowView } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { m } from '../../messages/catalogue.ts';
import { AppLink } from '../../ui/app-link.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Empty, PageHeader, Skeleton } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { State } from '../../ui/state.tsx';
import { needsSomebody } from './check-tone.ts';
import { DOMAIN_LOOK_EVERY, FoldedDomain, OpenDomain } from './domain-surface.tsx';

/** More domains are one line each, and can be searched. */
const MOST_OPEN = 4;

export function DomainsPage() {
  const domains = useQuery(
    api.domains.list.queryOptions(undefined, { refetchInterval: DOMAIN_LOOK_EVERY }),
  );
  return (
    <div className="max-w-[920px]">
      <PageHeader title={m.domains.title} text={m.domains.text} />
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
      ) : domains.data.filter(({ protectable }) => protectable).length > MOST_OPEN ? (
        <ManyDomains domains={domains.data} />
      ) : (
        <ul className="grid gap-4">
          {domains.data.map((domain) => (
            <li key={domain.name}>
              {domain.protectable ? (
                <OpenDomain name={domain.name} />
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

function ManyDomains({ domains }: { readonly domains: readonly DomainRowView[] }) {
  const [search, setSearch] = useState('');
  const [onlyOpen, setOnlyOpen] = useState(false);
  const shown = domains.filter(
    (domain) =>
      domain.name.includes(search.trim().toLowerCase()) && (!onlyOpen || needsSomebody(domain)),
  );
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <SearchBox label={m.domainChecks.find} stored={search} onSearch={setSearch} />
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            className="tick"
            checked={onlyOpen}
            onChange={(event) => setOnlyOpen(event.target.checked)}
          />
          {m.domainChecks.onlyOpen}
        </label>
        <span className="num text-sm text-text-2" role="status">
          {m.domainChecks.shown(shown.length, domains.length)}
        </span>
      </div>
      {shown.length === 0 ? (
        <div className="surface">
          <Empty title={m.domainChecks.nothingFound} text={m.domainChecks.nothingFoundText}>
            <Button
              onClick={() => {
                setSearch('');
                setOnlyOpen(false);
              }}
            >
              {m.domainChecks.showAll}
            </Button>
          </Empty>
        </div>
      ) : (
        <ul className="grid gap-2">
          {shown.map((domain) => (
            <li key={domain.name}>
              {domain.protectable ? (
                <FoldedDomain domain={domain} />
              ) : (
                <NotProtectable domain={domain} />
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function NotProtectable({ domain }: { readonly domain: DomainRowView }) {
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
