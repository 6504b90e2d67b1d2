import type { Coverage } from '@holdfast/contracts';
import { formatCount } from '../format/counts.ts';
import { m } from '../messages/catalogue.ts';
import type { AlternateInfoState } from '../messages/vocabulary.ts';
import { Dot, type Tone } from './state.tsx';

/** Best first, as the bar reads from left to right. */
const ORDER: readonly AlternateInfoState[] = [
  'opened',
  'verified',
  'given',
  'asked',
  'opted-out',
  'missing',
];

export const ALTERNATE_INFO_TONE: Readonly<Record<AlternateInfoState, Tone>> = {
  opened: 'good',
  verified: 'good-weak',
  given: 'attention',
  asked: 'neutral',
  'opted-out': 'hollow',
  missing: 'problem',
};

const FILL: Readonly<Record<AlternateInfoState, string>> = {
  opened: 'bg-good',
  verified: 'bg-good opacity-55',
  given: 'bg-attention',
  asked: 'bg-line-strong',
  'opted-out': 'border border-line-strong bg-surface',
  missing: 'bg-problem',
};

export function CoverageBar({
  coverage,
  legend = true,
}: {
  readonly coverage: Coverage;
  readonly legend?: boolean;
}) {
  const words = m.state.alternateInfoLegend;
  const label = ORDER.map(
    (state) => `${words[state]}: ${formatCount(coverage.byState[state])}`,
  ).join(', ');
  return (
    <div className="min-w-0">
      <div
        role="img"
        aria-label={label}
        className="flex h-2.5 gap-0.5 overflow-hidden rounded-full bg-hover"
      >
        {ORDER.filter((state) => coverage.byState[state] > 0).map((state) => (
          <i key={state} className={FILL[state]} style={{ flexGrow: coverage.byState[state] }} />
        ))}
      </div>
      {legend ? (
        <ul className="mt-2.5 flex flex-wrap gap-x-5 gap-y-1 text-sm text-text-2">
          {ORDER.map((state) => (
            <li key={state} className="inline-flex items-center gap-1.5">
              <Dot tone={ALTERNATE_INFO_TONE[state]} />
              {words[state]} <b className="num text-text">{formatCount(coverage.byState[state])}</b>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
