/** Lists are kept from their beginning, this many pages each. */
export const KEPT_PAGES = 2;
/** Answers (lists and messages) that are kept on a device of one's own. */
export const MAX_KEPT = 300;
/** Together. Unit: bytes, about. */
export const MAX_KEPT_BYTES = 24 * 1024 * 1024;
/** One that is larger is not kept: it would push out a hundred others. Unit: bytes, about. */
export const MAX_KEPT_ONE = 2 * 1024 * 1024;

export interface KeptSize {
  readonly key: string;
  readonly size: number;
  readonly usedAt: number;
}

/** What has to go so that the limits hold: the too large, then the longest unused. */
export function excess(kept: readonly KeptSize[]): readonly string[] {
  const tooLarge = kept.filter((each) => each.size > MAX_KEPT_ONE);
  const rest = kept
    .filter((each) => each.size <= MAX_KEPT_ONE)
    .toSorted((a, b) => b.usedAt - a.usedAt);
  let bytes = 0;
  const over = rest.filter((each, index) => {
    bytes += each.size;
    return index >= MAX_KEPT || bytes > MAX_KEPT_BYTES;
  });
  return [...tooLarge, ...over].map(({ key }) => key);
}
