import type { PrimaryView } from '@holdfast/contracts';
import { outageShape, type PrimaryHealth } from '@holdfast/domain';
import { toIso } from './instant.ts';

export function presentPrimary(health: PrimaryHealth): PrimaryView {
  const sources = Object.entries(health.sources).map(([source, { verdict, cause, at }]) => {
    return { source, verdict, cause, at: toIso(at) };
  });
  return {
    state: health.state,
    since: toIso(health.since),
    shape: outageShape(health),
    seen: sources.length > 0,
    sources,
  };
}
