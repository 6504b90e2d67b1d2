/** Rows beyond the screen that are drawn. */
export const OVERSCAN = 12;
/** Most that are drawn ahead of a list in motion. */
const MOST_AHEAD = 60;

/** A list that comes draws so many, and twice as many with each frame: a slow phone answers touches between them. */
export const FIRST_ROWS = 5;
/** More than are ever drawn. */
export const ALL_ROWS = 160;

export interface RowsOnScreen {
  readonly startIndex: number;
  readonly endIndex: number;
  readonly count: number;
}

/**
 * Which rows are drawn: some around the screen, and where the list is in motion as many ahead as it may pass before the
 * page gets to draw again, which on a slow phone is long. `before` is the first row of the screen at the last time. Where
 * that is more than `most`, the first on the screen.
 */
export function rowsToDraw(range: RowsOnScreen, before: number, most: number): readonly number[] {
  const passed = range.startIndex - before;
  const ahead = Math.min(MOST_AHEAD, Math.max(OVERSCAN, Math.abs(passed) * 2));
  const first = range.startIndex - (passed < 0 ? ahead : OVERSCAN);
  const last = range.endIndex + (passed > 0 ? ahead : OVERSCAN);
  const from = Math.max(0, first);
  const to = Math.min(range.count - 1, last);
  if (to - from < most) return rows(from, to);
  return rows(range.startIndex, Math.min(to, range.startIndex + most - 1));
}

function rows(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
}
