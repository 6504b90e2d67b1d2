/** The next of 1, 2, 5 × 10ⁿ at or above the largest hour; at least 10, so that three messages do not look like a flood. */
export function niceTop(largest: number): number {
  if (largest <= 10) return 10;
  const power = 10 ** Math.floor(Math.log10(largest));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= largest) ?? 10;
  return step * power;
}

/** Anything at all is at least this high, so that one message in a busy day is not invisible. Unit: px. */
const LEAST = 2;

export function barHeights(
  hour: { readonly accepted: number; readonly delivered: number },
  top: number,
  height: number,
): { readonly accepted: number; readonly delivered: number } {
  const scaled = (value: number) =>
    value === 0 ? 0 : Math.min(height, Math.max(LEAST, (value / top) * height));
  return { accepted: scaled(hour.accepted), delivered: scaled(hour.delivered) };
}
