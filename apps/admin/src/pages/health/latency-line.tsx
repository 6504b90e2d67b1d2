import type { EvidenceView } from '@holdfast/contracts';
import { m } from '../../messages/catalogue.ts';
import { latencyTrend } from './latency-trend.ts';

const words = m.health;
const WIDTH = 260;
const HEIGHT = 36;

/** How fast one source was answered over the day. */
export function LatencyLine({
  name,
  latest,
  evidence,
  since,
  until,
}: {
  readonly name: string;
  readonly latest: number | null;
  readonly evidence: readonly EvidenceView[];
  readonly since: string;
  readonly until: string;
}) {
  const trend = latencyTrend(evidence, since, until);
  return (
    <div className="min-w-0 self-center text-sm text-text-2">
      {trend === null ? null : (
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          className="block h-9 w-full max-w-[260px] text-accent"
          role="img"
          aria-label={words.trend(name, trend.lowest, trend.highest)}
        >
          {trend.lines.map((line) => (
            <polyline
              key={line[0]?.x}
              points={line
                .map(
                  ({ x, y }) =>
                    `${(x * WIDTH).toFixed(1)},${(HEIGHT - 2 - y * (HEIGHT - 4)).toFixed(1)}`,
                )
                .join(' ')}
              fill="none"
              stroke="currentColor"
              strokeWidth="1.5"
              strokeLinejoin="round"
            />
          ))}
        </svg>
      )}
      <p className="num">
        {words.latency}: {latest === null ? words.noLatency : words.latencyNow(latest)}
      </p>
    </div>
  );
}
