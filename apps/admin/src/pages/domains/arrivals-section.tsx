import type { DomainView } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { formatAgo, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { Skeleton } from '../../ui/page.tsx';
import { Note, ProblemNote } from '../../ui/problem-note.tsx';
import { State } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { Disclosure } from './disclosure.tsx';

const words = m.domainChecks;

/** From which hosts mail really comes: with a filter in front, whether it is the filter. */
export function ArrivalsSection({ domain }: { readonly domain: DomainView }) {
  return <Disclosure title={words.arrivals}>{() => <Arrivals domain={domain} />}</Disclosure>;
}

function Arrivals({ domain }: { readonly domain: DomainView }) {
  const now = useNow();
  const arrivals = useQuery(api.domains.arrivals.queryOptions({ name: domain.name }));
  if (arrivals.isError) {
    return <ProblemNote error={arrivals.error} retry={() => void arrivals.refetch()} />;
  }
  if (arrivals.isPending) return <Skeleton rows={2} height={32} />;
  if (arrivals.data.length === 0) return <p className="text-text-2">{words.arrivalsNone}</p>;
  const filtered = domain.filterMode === 'filter-in-front';
  return (
    <div className="grid gap-3">
      {filtered && arrivals.data.some(({ trusted }) => !trusted) ? (
        <Note tone="attention">{words.arrivalsUnlisted}</Note>
      ) : null}
      <ul className="grid gap-2 text-sm">
        {arrivals.data.map(({ ip, messages, lastAt, trusted }) => (
          <li key={ip} className="flex flex-wrap items-center gap-x-5 gap-y-0.5">
            <span className="num min-w-[150px] font-mono text-xs break-all">{ip}</span>
            <span className="num text-text-2">
              {words.arrivalMessages(messages)}, {formatAgo(lastAt, now, placeOfReader())}
            </span>
            {filtered ? (
              <State tone={trusted ? 'good' : 'attention'}>
                {trusted ? words.arrivalTrusted : words.arrivalUnlisted}
              </State>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
