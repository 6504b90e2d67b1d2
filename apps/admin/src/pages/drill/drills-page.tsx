import type { DrillView } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { formatCount } from '../../format/counts.ts';
import { formatInstant, formatTime, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { useMay } from '../../session/session.tsx';
import { AppLink } from '../../ui/app-link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Empty, PageHeader, Section, Skeleton } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { State } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { StartDrill } from './start-drill.tsx';

const words = m.drill;
/** Unit: ms. */
const FOLLOW_EVERY = 10_000;

export function DrillsPage() {
  const may = useMay('operate');
  const drills = useQuery(
    api.drill.list.queryOptions(undefined, { refetchInterval: FOLLOW_EVERY }),
  );
  return (
    <div className="max-w-[1000px]">
      <PageHeader
        title={words.title}
        text={words.text}
        actions={
          <AppLink href="/event" className={buttonClass('plain')}>
            {words.toEvents}
          </AppLink>
        }
      />
      {drills.isError ? (
        <ProblemNote error={drills.error} retry={() => void drills.refetch()} />
      ) : drills.isPending ? (
        <Skeleton rows={4} height={44} />
      ) : (
        <List drills={drills.data} />
      )}
      {may ? <StartDrill /> : null}
    </div>
  );
}

function List({ drills }: { readonly drills: readonly DrillView[] }) {
  const now = useNow(30_000);
  const { column, figure } = words;
  return (
    <Section title={words.past}>
      <div className="surface">
        {drills.length === 0 ? (
          <Empty title={words.none} text={words.noneText} />
        ) : (
          <table className="data" aria-label={words.past}>
            <thead>
              <tr>
                <th scope="col">{column.reason}</th>
                <th scope="col" className="max-md:hidden">
                  {column.started}
                </th>
                <th scope="col" className="text-right! max-md:hidden">
                  {figure.participants}
                </th>
                <th scope="col" className="text-right! max-md:hidden">
                  {figure.reached}
                </th>
                <th scope="col" className="text-right! max-md:hidden">
                  {figure.signedIn}
                </th>
                <th scope="col" className="text-right! max-md:hidden">
                  {figure.wrote}
                </th>
              </tr>
            </thead>
            <tbody>
              {drills.map((drill) => (
                <tr key={drill.id} className="num">
                  <td>
                    <AppLink
                      href={`/event/drills/${drill.id}`}
                      className="text-link inline-block min-h-6 py-0.5 break-words"
                    >
                      {drill.reason}
                    </AppLink>
                    <span className="block text-xs text-text-2">
                      {drill.endedAt === null ? (
                        <State tone="attention">
                          {words.running} {words.until(formatTime(drill.endsAt, placeOfReader()))}
                        </State>
                      ) : (
                        words.over[drill.because ?? 'ended']
                      )}
                    </span>
                    <span className="block text-xs text-text-2 md:hidden">
                      {formatInstant(drill.startedAt, now, placeOfReader())} ·{' '}
                      {words.inShort(drill)}
                    </span>
                  </td>
                  <td className="whitespace-nowrap max-md:hidden">
                    {formatInstant(drill.startedAt, now, placeOfReader())}
                  </td>
                  <td className="text-right max-md:hidden">{formatCount(drill.participants)}</td>
                  <td className="text-right max-md:hidden">{formatCount(drill.reached)}</td>
                  <td className="text-right max-md:hidden">{formatCount(drill.signedIn)}</td>
                  <td className="text-right max-md:hidden">{formatCount(drill.wrote)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Section>
  );
}
