import type { EvidenceView } from '@holdfast/contracts';
import { expect, it } from 'vitest';
import { latencyTrend } from './latency-trend.ts';

const at = (minute: number): string => new Date(minute * 60_000).toISOString();
const seen = (from: number, until: number, latency: number | null): EvidenceView => ({
  source: 'smtp-probe',
  from: at(from),
  until: at(until),
  verdict: 'good',
  weight: 'none',
  cause: '',
  remedy: null,
  observations: 1,
  latency,
  slowest: latency,
});

it('is drawn over the day, with a gap where nothing answered', () => {
  const evidence = [seen(0, 5, 100), seen(6, 10, 200), seen(40, 45, 50), seen(50, 60, null)];
  const trend = latencyTrend(evidence, at(0), at(100));
  expect(trend).toMatchObject({ lowest: 50, highest: 200 });
  expect(trend?.lines.map((line) => line.map(({ x }) => x))).toEqual([
    [0, 0.05, 0.06, 0.1],
    [0.4, 0.45],
  ]);
  expect(trend?.lines[0]?.map(({ y }) => y)).toEqual([0.5, 0.5, 1, 1]);
});

it('is none without two measures', () => {
  expect(latencyTrend([seen(0, 5, 100)], at(0), at(100))).toBeNull();
  expect(latencyTrend([seen(0, 5, null)], at(0), at(100))).toBeNull();
});
