import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createReplyReader,
  REPLY_LINE_LIMIT,
  REPLY_LINES_LIMIT,
  ReplyError,
  replyText,
} from './reply-reader.ts';

function readAll(pieces: readonly (string | Uint8Array)[]) {
  const reader = createReplyReader();
  const replies = [];
  for (const piece of pieces) {
    reader.push(Buffer.from(piece as string));
    for (let reply = reader.next(); reply !== null; reply = reader.next()) replies.push(reply);
  }
  return replies;
}

describe('replies', () => {
  test('of one line, of several, and several at once', () => {
    expect(readAll(['250-one\r\n250-two\r\n250 three\r\n354\r\n550 5.1.1 no\r\n'])).toEqual([
      { code: 250, lines: ['one', 'two', 'three'] },
      { code: 354, lines: [''] },
      { code: 550, lines: ['5.1.1 no'] },
    ]);
  });

  test('are the same however the bytes are cut', () => {
    const wire = Buffer.from(
      '250-mx.example größe\r\n250-SIZE 100\r\n250 DSN\r\n451-4.3.2 a\n451 b\r\n',
    );
    const whole = readAll([wire]);
    fc.assert(
      fc.property(fc.array(fc.nat(wire.length), { maxLength: 12 }), (cuts) => {
        const edges = [0, ...cuts.toSorted((a, b) => a - b), wire.length];
        const pieces = edges.slice(1).map((edge, index) => wire.subarray(edges[index], edge));
        expect(readAll(pieces)).toEqual(whole);
      }),
    );
    expect(whole.map(replyText)[0]).toContain('größe');
  });

  test.each([
    ['no code', 'hello\r\n'],
    ['a code of another kind', '999 x\r\n'],
    ['no separator', '250x\r\n'],
    ['several codes in one', '250-a\r\n251 b\r\n'],
    ['an endless line', `250 ${'x'.repeat(REPLY_LINE_LIMIT + 1)}`],
    ['endless lines', '250-x\r\n'.repeat(REPLY_LINES_LIMIT + 1)],
    ['an empty line', '\r\n'],
  ])('that are none: %s', (_what, bytes) => {
    expect(() => readAll([bytes])).toThrow(ReplyError);
  });
});
