import { describe, expect, test } from 'vitest';
import { putBackSentences } from './put-back-sentences.ts';

const nothing = { all: 0, done: 0, theirs: 0, waiting: 0, notFound: 0, refused: 0 };
const event = {
  phase: 'recovering',
  sent: 0,
  putBack: 0,
  carriedBack: nothing,
  leftOver: [],
} as const;

describe('what became of what people did', () => {
  test('is not spoken of while there is nothing to say', () => {
    expect(putBackSentences(event)).toEqual([]);
    expect(putBackSentences({ ...event, phase: 'active', sent: 3 })).toEqual([]);
  });

  test('is told in full', () => {
    expect(
      putBackSentences({
        ...event,
        sent: 14,
        putBack: 14,
        carriedBack: { ...nothing, all: 9, done: 6, theirs: 1, notFound: 2 },
      }),
    ).toEqual([
      '14 of 14 sent messages put into Sent Items',
      '6 of 9 messages read, flagged, moved or deleted here are so in Office 365; 1 changed there later and left so, 2 not found',
    ]);
  });

  test('names what has no place', () => {
    const leftOver = [
      { itemId: 'a', kind: 'sent', outcome: 'forbidden', address: '', subject: '', detail: null },
    ] as const;
    expect(putBackSentences({ ...event, sent: 2, putBack: 1, leftOver })).toEqual([
      '1 of 2 sent messages put into Sent Items; 1 cannot be, and its author can download it',
    ]);
  });
});
