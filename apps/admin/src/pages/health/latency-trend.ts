import type { EvidenceView } from '@holdfast/contracts';

interface TrendPoint {
  /** 0 to 1 from left to right. */
  readonly x: number;
  /** 0 to 1 from slow to fast: up is slow. */
  readonly y: number;
}

export interface Trend {
  /** Stretches without a gap; a source that fell silent has none there. */
  readonly lines: readonly (readonly TrendPoint[])[];
  readonly lowest: number;
  readonly highest: number;
}

/** Two stretches with more than this between them are not joined by a line. Milliseconds. */
const GAP = 15 * 60_000;

/** How fast one source was answered over the day; null while one stretch alone is known, which is no trend. */
export function latencyTrend(
  evidence: readonly EvidenceView[],
  since: string,
  until: string,
): Trend | null {
  const begin = Date.parse(since);
  const length = Math.max(Date.parse(until) - begin, 1);
  const measured = evidence.flatMap(({ from, until: to, latency }) =>
    latency === null ? [] : [{ from: Date.parse(from), to: Date.parse(to), latency }],
  );
  if (measured.length < 2) return null;
  const values = measured.map(({ latency }) => latency);
  const lowest = Math.min(...values);
  const highest = Math.max(...values);
  const lines: TrendPoint[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const { from, to, latency } of measured) {
    const y = highest === 0 ? 0 : latency / highest;
    const place = (at: number): TrendPoint => ({
      x: Math.min(Math.max((at - begin) / length, 0), 1),
      y,
    });
    const line = from - end > GAP ? [] : lines.at(-1);
    if (line === undefined || line.length === 0) lines.push([place(from), place(to)]);
    else line.push(place(from), place(to));
    end = to;
  }
  return { lines, lowest, highest };
}
