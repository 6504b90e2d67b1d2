export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Linear between the two neighbours; `share` from 0 to 1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const low = sorted[Math.floor(position)];
  const high = sorted[Math.ceil(position)];
  if (low === undefined || high === undefined) throw new Error('There is no value to take from.');
  return low + (high - low) * (position - Math.floor(position));
}

/** To three digits that count: more would claim a precision that no run has. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
