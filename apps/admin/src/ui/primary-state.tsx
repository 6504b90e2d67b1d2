import type { PrimaryView } from '@holdfast/contracts';
import { formatAgo, formatSince, placeOfReader } from '../format/instants.ts';
import { m } from '../messages/catalogue.ts';
import { AppLink } from './app-link.tsx';
import { State, type Tone } from './state.tsx';

const TONE: Readonly<Record<PrimaryView['state'], Tone>> = {
  healthy: 'good',
  suspect: 'attention',
  down: 'problem',
  recovering: 'attention',
};

const SOURCE_TONE: Readonly<Record<PrimaryView['sources'][number]['verdict'], Tone>> = {
  good: 'good',
  bad: 'problem',
  ours: 'attention',
};

export function PrimaryWord({ primary }: { readonly primary: PrimaryView }) {
  return (
    <State tone={primary.seen ? TONE[primary.state] : 'hollow'}>
      <b>{primary.seen ? m.state.primary[primary.state] : m.primary.unseenWord}</b>
    </State>
  );
}

export function primarySentence(primary: PrimaryView, now: number): string {
  if (!primary.seen) return m.primary.unseen;
  return m.primary.sentence(
    primary.state,
    primary.shape,
    formatSince(primary.since, now, placeOfReader()),
  );
}

/** One line per source: what was seen last. */
export function PrimarySources({
  primary,
  now,
}: {
  readonly primary: PrimaryView;
  readonly now: number;
}) {
  if (primary.sources.length === 0) return null;
  return (
    <details className="mt-2 text-sm">
      <summary className="w-fit rounded-control py-1 text-text-2">{m.primary.sources}</summary>
      <ul className="mt-1 grid gap-1.5">
        {primary.sources.map((source) => (
          <li key={source.source} className="grid gap-x-4 sm:grid-cols-[180px_90px_1fr]">
            <span className="font-medium">{m.primary.source(source.source)}</span>
            <State tone={SOURCE_TONE[source.verdict]}>{m.health.verdicts[source.verdict]}</State>
            <span className="text-text-2">
              {source.cause} {source.remedy}{' '}
              <span className="text-text-3">{formatAgo(source.at, now, placeOfReader())}</span>
            </span>
          </li>
        ))}
      </ul>
      <AppLink href="/health" className="mt-2 inline-block underline">
        {m.health.link}
      </AppLink>
    </details>
  );
}
