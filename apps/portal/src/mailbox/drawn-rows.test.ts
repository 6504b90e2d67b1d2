import { describe, expect, test } from 'vitest';
import { ALL_ROWS, rowsToDraw } from './drawn-rows.ts';

const ends = (startIndex: number, before: number, count = 1000): readonly unknown[] => {
  const drawn = rowsToDraw({ startIndex, endIndex: startIndex + 8, count }, before, ALL_ROWS);
  return [drawn[0], drawn.at(-1)];
};

describe('rows that are drawn', () => {
  test('are some around the screen of a list that rests, and none that are not there', () => {
    expect(ends(500, 500)).toEqual([488, 520]);
    expect(ends(0, 0)).toEqual([0, 20]);
    expect(ends(990, 990)).toEqual([978, 999]);
    expect(rowsToDraw({ startIndex: 0, endIndex: 0, count: 0 }, 0, ALL_ROWS)).toEqual([]);
  });

  test('are more ahead of a list in motion, the faster the more, up to a limit', () => {
    expect(ends(500, 480)).toEqual([488, 548]);
    expect(ends(500, 520)).toEqual([460, 520]);
    expect(ends(500, 0)).toEqual([488, 568]);
  });

  test('are the first on the screen as long as it is not to be many', () => {
    const range = { startIndex: 500, endIndex: 508, count: 1000 };
    expect(rowsToDraw(range, 500, 5)).toEqual([500, 501, 502, 503, 504]);
    expect(rowsToDraw({ ...range, count: 503 }, 500, 5)).toEqual([500, 501, 502]);
    expect(rowsToDraw(range, 500, 33)).toHaveLength(33);
    expect(rowsToDraw({ startIndex: 0, endIndex: 2, count: 3 }, 0, 5)).toEqual([0, 1, 2]);
  });
});
