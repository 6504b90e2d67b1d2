import { describe, expect, it } from 'vitest';
import {
  presentQueueCursor,
  presentTraceCursor,
  readQueueCursor,
  readTraceCursor,
} from './queue-cursor.ts';

const id = '0193a5b1-0000-7000-8000-000000000001';
const messageId = '0193a5b1-0000-7000-8000-000000000002';

describe('a cursor', () => {
  it.each([
    { value: 1_764_000_000_000, id },
    { value: null, id },
    { value: 'jürgen+x@contoso.example', id },
  ])('is read as it was made: $value', (cursor) => {
    const text = presentQueueCursor(cursor);
    expect(text).toMatch(/^[\w.%-]+$/);
    expect(readQueueCursor(text)).toEqual(cursor);
  });

  it('of a trace holds the place of a recipient', () => {
    const cursor = { acceptedAt: 1_764_000_000_000, messageId, id };
    expect(readTraceCursor(presentTraceCursor(cursor))).toEqual(cursor);
  });

  it('is nothing at the first page', () => {
    expect(readQueueCursor(presentQueueCursor(null))).toBeNull();
    expect(readTraceCursor(presentTraceCursor(null))).toBeNull();
  });

  it.each(['', 'x', '%', '[1]', '[1,"not-an-id"]', '{"a":1}'])(
    'that we did not make is refused: %s',
    (text) => {
      expect(() => readQueueCursor(text)).toThrow('Reload it.');
      expect(() => readTraceCursor(text)).toThrow('Reload it.');
    },
  );
});
