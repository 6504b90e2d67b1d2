import type { EventState } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { formatInstant, formatSpan, placeOfReader } from '../../format/instants.ts';
import { formatCount } from '../../format/counts.ts';
import { m } from '../../messages/catalogue.ts';
import { AppLink } from '../../ui/app-link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { LedgerLines } from '../../ui/ledger-lines.tsx';
import { LogLines } from '../../ui/log-lines.tsx';
import { Only } from '../../session/only.tsx';
import { Empty, PageHeader, Section, Skeleton } from '../../ui/page.tsx';
import { primarySentence, PrimarySources, PrimaryWord } from '../../ui/primary-state.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { State } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ActiveEvent } from './active-event.tsx';
import { RecoveringEvent } from './recovering-event.tsx';
import { StartEvent } from './start-event.tsx';

const words = m.event;
/** An event is followed this closely. Unit: ms. */
const FOLLOW_EVERY = 3_000;

export function EventPage() {
  const state = useQuery(
    api.event.state.queryOptions(undefined, { refetchInterval: FOLLOW_EVERY }),
  );
  return (
    <div className="max-w-[1000px]">
      <PageHeader
        title={words.title}
        text={words.text}
        actions={
          <AppLink href="/event/drills" className={buttonClass('plain')}>
            {m.drill.title}
          </AppLink>
        }
      />
      {state.isError ? (
        <ProblemNote error={state.error} retry={() => void state.refetch()} />
      ) : state.isPending ? (
        <Skeleton rows={5} height={48} />
      ) : null}
      {state.data === undefined ? null : <Event state={state.data} />}
    </div>
  );
}

function Event({ state }: { readonly state: EventState }) {
  const now = useNow(1_000);
  const event = state.current;
  return (
    <>
      {event === null ? (
        <div className="surface px-5 py-3.5">
          <State tone="hollow">
            <b>{words.ready}</b>
          </State>
          <p className="mt-1 text-text-2">{words.readyText}</p>
        </div>
      ) : event.phase === 'active' ? (
        <ActiveEvent event={event} primary={state.primary} now={now} />
      ) : (
        <RecoveringEvent event={event} now={now} />
      )}
      <section
        aria-label={words.office}
        className="surface mt-3 grid gap-x-6 gap-y-1 px-5 py-3.5 md:grid-cols-[140px_140px_1fr]"
      >
        <h2 className="text-base font-normal text-text-2">{words.office}</h2>
        <PrimaryWord primary={state.primary} />
        <div className="min-w-0">
          <p>{primarySentence(state.primary, now)}</p>
          <PrimarySources primary={state.primary} now={now} />
        </div>
      </section>
      {state.ledger === null ? null : (
        <div className="mt-3">
          <LedgerLines ledgers={state} />
        </div>
      )}
      {event === null || event.phase === 'closed' ? (
        <Only duty="operate">
          <StartEvent />
        </Only>
      ) : (
        <Log log={state.log} now={now} />
      )}
      <Past past={state.past} now={now} />
      {event === null && state.log.length > 0 ? <Log log={state.log} now={now} /> : null}
    </>
  );
}

function Log({ log, now }: { readonly log: EventState['log']; readonly now: number }) {
  return (
    <Section title={words.log}>
      {log.length === 0 ? (
        <p className="text-text-2">{words.logEmpty}</p>
      ) : (
        <LogLines log={log} now={now} />
      )}
    </Section>
  );
}

function Past({ past, now }: { readonly past: EventState['past']; readonly now: number }) {
  const column = words.column;
  return (
    <Section title={words.past}>
      <div className="surface">
        {past.length === 0 ? (
          <Empty title={words.pastEmpty} text={words.pastEmptyText} />
        ) : (
          <table className="data" aria-label={words.past}>
            <thead>
              <tr>
                <th scope="col">{column.started}</th>
                <th scope="col" className="max-md:hidden">
                  {column.lasted}
                </th>
                <th scope="col" className="max-md:hidden">
                  {column.reason}
                </th>
                <th scope="col" className="text-right! max-md:hidden">
                  {column.covered}
                </th>
                <th scope="col" className="text-right! max-md:hidden">
                  {column.reached}
                </th>
                <th scope="col" className="text-right! max-md:hidden">
                  {column.sent}
                </th>
              </tr>
            </thead>
            <tbody>
              {past.map((event) => (
                <tr key={event.id} className="num">
                  <td>
                    {formatInstant(event.startedAt, now, placeOfReader())}
                    <span className="block text-xs text-text-2 md:hidden">
                      {event.reason} · {words.inShort(lasted(event), event.covered, event.reached)}
                    </span>
                  </td>
                  <td className="whitespace-nowrap max-md:hidden">{lasted(event)}</td>
                  <td className="text-text-2 max-md:hidden">{event.reason}</td>
                  <td className="text-right max-md:hidden">{formatCount(event.covered)}</td>
                  <td className="text-right max-md:hidden">{formatCount(event.reached)}</td>
                  <td className="text-right max-md:hidden">{formatCount(event.sent)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Section>
  );
}

function lasted({ startedAt, endedAt }: EventState['past'][number]): string {
  return endedAt === null ? m.none : formatSpan(Date.parse(endedAt) - Date.parse(startedAt));
}
