import { formatCount } from './counts.ts';

/** `840 B`, `12.5 kB`, `3 MB`; in steps of 1000. */
export function bytes(count: number): string {
  if (count < 1000) return `${formatCount(count)} B`;
  if (count < 1_000_000) return `${formatCount(Math.round(count / 100) / 10)} kB`;
  return `${formatCount(Math.round(count / 100_000) / 10)} MB`;
}
