import type { Snack } from './snackbar.tsx';

/** Long enough to reach for Undo with a thumb, and to read. Unit: ms. */
const SHOWN_FOR = 8_000;

/** What takes the place of a notice by itself, and when (ms). Null: it stays until it is dismissed. */
export function afterwards(
  snack: Snack,
): { readonly in: number; readonly next: Snack | null } | null {
  if (snack.tone === 'problem') return null;
  const { action, ...said } = snack;
  const shownFor = snack.shownFor ?? SHOWN_FOR;
  const offeredFor = action?.offeredFor;
  if (offeredFor === undefined) return { in: shownFor, next: null };
  // An offer that ends at once is not yet a sentence that has been read.
  const rest = shownFor - offeredFor;
  return { in: offeredFor, next: rest > 0 ? { ...said, shownFor: rest } : null };
}
