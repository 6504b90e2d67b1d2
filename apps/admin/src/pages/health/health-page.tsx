import type { EvidenceView, HealthView } from '@holdfast/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { formatInstant, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { AppLink } from '../../ui/app-link.tsx';
import { Empty, PageHeader, Section, Skeleton } from '../../ui/page.tsx';
import { primarySentence, PrimaryWord } from '../../ui/primary-state.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { State, type Tone } from '../../ui/state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { Incidents } from './incidents.tsx';
import { LatencyLine } from './latency-line.tsx';

const words = m.health;
/** Lines of the history that are shown. */
const MOST = 200;
/** Milliseconds. */
const REFRESH = 15_000;

const TONE: Readonly<Record<EvidenceView['verdict'], Tone>> = {
  good: 'good',
  bad: 'problem',
  ours: 'attention',
};

/** A day of Office 365's health: who said what when, and how fast it answered. */
export function HealthPage() {
  const now = useNow();
  const health = useQuery({ ...api.overview.health.queryOptions(), refetchInterval: REFRESH });
  return (
    <div className="max-w-[1000px]">
      <AppLink href="/" className="text-sm text-text-2">
        ← {words.back}
      </AppLink>
      <PageHeader title={words.title} text={words.text} />
      {health.isError ? (
        <ProblemNote error={health.error} retry={() => void health.refetch()} />
      ) : health.isPending ? (
        <Skeleton rows={6} height={36} />
      ) : (
        <>
          <div className="surface px-5 py-3">
            <PrimaryWord primary={health.data.primary} />
            <p className="mt-1 text-text-2">{primarySentence(health.data.primary, now)}</p>
          </div>
          <Incidents view={health.data} />
          <Sources view={health.data} />
          <History evidence={health.data.evidence} />
        </>
      )}
    </div>
  );
}

function Sources({ view }: { readonly view: HealthView }) {
  if (view.primary.sources.length === 0) {
    return (
      <Section title={words.sources}>
        <div className="surface">
          <Empty title={words.nothing} text={words.nothingText} />
        </div>
      </Section>
    );
  }
  return (
    <Section title={words.sources}>
      <ul className="surface divide-y divide-line">
        {view.primary.sources.map((source) => {
          const own = view.evidence.filter((seen) => seen.source === source.source);
          return (
            <li
              key={source.source}
              className="grid gap-x-6 gap-y-2 px-5 py-3 md:grid-cols-[1fr_260px]"
            >
              <div className="min-w-0">
                <p className="font-medium">{m.primary.source(source.source)}</p>
                <p className="break-words">
                  <State tone={TONE[source.verdict]}>
                    {words.verdicts[source.verdict]}: {source.cause}
                  </State>
                </p>
                {source.remedy === null ? null : (
                  <p className="mt-1 text-text-2">{source.remedy}</p>
                )}
              </div>
              <LatencyLine
                name={m.primary.source(source.source)}
                latest={source.latency}
                evidence={own}
                since={view.since}
                until={view.at}
              />
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function History({ evidence }: { readonly evidence: readonly EvidenceView[] }) {
  const now = useNow();
  const [onlyTrouble, setOnlyTrouble] = useState(false);
  if (evidence.length === 0) return null;
  const wanted = evidence.filter(({ verdict }) => !onlyTrouble || verdict !== 'good').toReversed();
  return (
    <Section title={words.history} text={words.historyText}>
      <label className="mb-2 flex min-h-[34px] w-fit items-center gap-2">
        <input
          type="checkbox"
          className="tick"
          checked={onlyTrouble}
          onChange={(event) => setOnlyTrouble(event.currentTarget.checked)}
        />
        {words.onlyTrouble}
      </label>
      {wanted.length === 0 ? (
        <p className="surface px-5 py-4 text-text-2">{words.noTrouble}</p>
      ) : (
        <div className="surface">
          <table className="data table-fixed" aria-label={words.history}>
            <thead>
              <tr>
                <th scope="col" className="w-[11rem] max-md:hidden">
                  {words.when}
                </th>
                <th scope="col" className="w-[12rem] max-md:hidden">
                  {words.source}
                </th>
                <th scope="col">{words.said}</th>
              </tr>
            </thead>
            <tbody>
              {wanted.slice(0, MOST).map((seen) => (
                <tr key={`${seen.source} ${seen.from}`}>
                  <td className="num text-text-2 max-md:hidden">
                    {formatInstant(seen.from, now, placeOfReader())}
                  </td>
                  <td className="max-md:hidden">{m.primary.source(seen.source)}</td>
                  <td className="break-words">
                    <span className="num block text-xs text-text-2 md:hidden">
                      {formatInstant(seen.from, now, placeOfReader())} ·{' '}
                      {m.primary.source(seen.source)}
                    </span>
                    <State tone={TONE[seen.verdict]}>{seen.cause}</State>
                    <span className="num block text-xs text-text-2">
                      {[
                        words.times(seen.observations),
                        ...(seen.weight === 'none' ? [] : [words.weights[seen.weight]]),
                        ...(seen.latency === null ? [] : [words.latencyNow(seen.latency)]),
                        ...(seen.slowest === null || seen.slowest === seen.latency
                          ? []
                          : [words.slowest(seen.slowest)]),
                      ].join(' · ')}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {wanted.length > MOST ? (
            <p className="border-t border-line px-3 py-2 text-sm text-text-2">{words.more(MOST)}</p>
          ) : null}
        </div>
      )}
    </Section>
  );
}
