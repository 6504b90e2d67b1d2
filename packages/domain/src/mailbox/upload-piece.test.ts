import { expect, test } from 'vitest';
import { decidePiece } from './upload-piece.ts';

const PIECE = 256 * 1024;
const upload = { size: 2 * PIECE + 1, received: PIECE };

test('a piece begins where the last one ended', () => {
  expect(decidePiece(upload, PIECE, PIECE)).toEqual({
    kind: 'take',
    received: 2 * PIECE,
    isLast: false,
  });
  expect(decidePiece({ ...upload, received: 2 * PIECE }, 2 * PIECE, 1)).toEqual({
    kind: 'take',
    received: upload.size,
    isLast: true,
  });
});

test.each([
  ['was taken before', 0],
  ['overlaps by a byte', PIECE - 1],
  ['leaves a byte out', PIECE + 1],
  ['comes too early', 2 * PIECE],
])('a piece that %s is not taken, and the sender learns where to go on', (_what, offset) => {
  expect(decidePiece(upload, offset, PIECE)).toEqual({ kind: 'go-on-from', received: PIECE });
});

test('nothing goes beyond the size that was announced', () => {
  expect(decidePiece(upload, PIECE, PIECE + 2)).toEqual({ kind: 'too-long' });
  expect(decidePiece({ size: 0, received: 0 }, 0, 0)).toMatchObject({ isLast: true });
  expect(decidePiece({ size: 5, received: 5 }, 5, 1)).toEqual({ kind: 'too-long' });
});
