import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { formatCount } from '../../format/counts.ts';
import { m } from '../../messages/catalogue.ts';
import { AppLink } from '../../ui/app-link.tsx';
import { CoverageBar } from '../../ui/coverage-bar.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { UNREACHED } from './user-search.ts';

/** Requests go out and answers come in while the page is open. Unit: ms. */
export const LOOK_EVERY = 10_000;

export function CoverageHeader() {
  const coverage = useQuery(
    api.users.coverage.queryOptions(undefined, { refetchInterval: LOOK_EVERY }),
  );
  if (coverage.isError)
    return (
      <div className="mb-4">
        <ProblemNote error={coverage.error} retry={() => void coverage.refetch()} />
      </div>
    );
  if (coverage.isPending)
    return (
      <div className="surface mb-4 min-h-[76px] px-5 py-4">
        <Skeleton rows={2} height={14} />
      </div>
    );
  const missing = coverage.data.protected - coverage.data.reachable;
  return (
    <section
      aria-label={m.users.coverage}
      className="surface mb-4 grid items-center gap-x-6 gap-y-3 px-5 py-4 md:grid-cols-[auto_1fr_auto]"
    >
      <p>
        <strong className="num text-2xl leading-none font-semibold tracking-tight">
          {formatCount(coverage.data.reachable)}
        </strong>{' '}
        <span className="num text-text-2">{m.users.reachableToday(coverage.data.protected)}</span>
      </p>
      <CoverageBar coverage={coverage.data} />
      {missing > 0 ? (
        <AppLink
          href={`/users?protected=yes&info=${UNREACHED.join(',')}`}
          className="text-link num w-fit"
        >
          {m.users.cannotBeReached(missing)}
        </AppLink>
      ) : (
        <span className="text-text-2">
          {coverage.data.protected === 0 ? m.overview.reachNone : m.users.everyoneReached}
        </span>
      )}
    </section>
  );
}
