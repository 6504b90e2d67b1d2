import type { Overview } from '@holdfast/contracts';
import { formatTime, placeOfReader } from '../../format/instants.ts';
import { m } from '../../messages/catalogue.ts';
import { barHeights, niceTop } from './strip-scale.ts';

const WIDTH = 960;
const HEIGHT = 96;
const GAP = 4;

/** Twenty-four hours as pairs of bars: accepted behind, delivered in front. What stands out of the front bar waits. */
export function MailStrip({ hours }: { readonly hours: Overview['mail']['hours'] }) {
  const place = placeOfReader();
  const top = niceTop(Math.max(0, ...hours.flatMap((hour) => [hour.accepted, hour.delivered])));
  const step = WIDTH / Math.max(1, hours.length);
  const sum = (count: 'accepted' | 'delivered') =>
    hours.reduce((total, hour) => total + hour[count], 0);
  return (
    <div className="surface px-5 pt-3 pb-3">
      <div className="mb-2 flex flex-wrap gap-x-5 gap-y-1 text-sm text-text-2">
        <span className="inline-flex items-center gap-1.5">
          <i aria-hidden="true" className="size-2.5 rounded-[2px] bg-line-strong" />
          {m.overview.accepted}
        </span>
        <span className="inline-flex items-center gap-1.5">
          <i aria-hidden="true" className="size-2.5 rounded-[2px] bg-accent" />
          {m.overview.delivered}
        </span>
        <span className="num ml-auto text-text-3">{m.overview.perHour(top)}</span>
      </div>
      <svg
        role="img"
        aria-label={m.overview.stripSummary(sum('accepted'), sum('delivered'))}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="block h-24 w-full"
      >
        <line x1="0" x2={WIDTH} y1="0.5" y2="0.5" className="stroke-line" />
        <line
          x1="0"
          x2={WIDTH}
          y1={HEIGHT - 0.5}
          y2={HEIGHT - 0.5}
          className="stroke-line-strong"
        />
        {hours.map((hour, index) => {
          const { accepted, delivered } = barHeights(hour, top, HEIGHT - 1);
          const x = index * step + GAP / 2;
          return (
            <g key={hour.hour}>
              <title>
                {m.overview.stripHour(formatTime(hour.hour, place), hour.accepted, hour.delivered)}
              </title>
              <rect
                x={index * step}
                y="0"
                width={step}
                height={HEIGHT}
                className="fill-transparent"
              />
              <rect
                x={x}
                y={HEIGHT - 1 - accepted}
                width={step - GAP}
                height={accepted}
                className="fill-line-strong"
              />
              <rect
                x={x}
                y={HEIGHT - 1 - delivered}
                width={step - GAP}
                height={delivered}
                className="fill-accent"
              />
            </g>
          );
        })}
      </svg>
      {hours.length === 0 ? null : (
        <div className="num mt-1 flex justify-between text-xs text-text-3">
          <span>{formatTime(hours[0]?.hour ?? '', place)}</span>
          <span>{formatTime(hours[Math.floor(hours.length / 2)]?.hour ?? '', place)}</span>
          <span>{formatTime(hours.at(-1)?.hour ?? '', place)}</span>
        </div>
      )}
    </div>
  );
}
