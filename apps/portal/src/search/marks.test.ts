import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markParts } from './marks.ts';

const begins = (word: string) => ({ word, isBeginning: true });
const is = (word: string) => ({ word, isBeginning: false });

/** Hits in brackets. */
function marked(text: string, ...words: readonly ReturnType<typeof is>[]): string {
  return markParts(text, words)
    .map((part) => (part.isHit ? `[${part.text}]` : part.text))
    .join('');
}

describe('what was looked for is marked', () => {
  test.each([
    ['Invoice of July', [begins('inv')], '[Invoice] of July'],
    ['Überweisung, überfällig', [begins('uber')], '[Überweisung], [überfällig]'],
    ['the theme', [is('the')], '[the] theme'],
    ['会議室の予約', [is('会議'), is('議室')], '[会議室]の予約'],
    ['東京Tower', [begins('tower')], '東京[Tower]'],
    ['nothing here', [begins('other')], 'nothing here'],
    ['anna@contoso.example', [begins('anna'), begins('contoso')], '[anna]@[contoso].example'],
    ['', [begins('a')], ''],
  ])('%s', (text, words, expected) => {
    expect(marked(text, ...words)).toBe(expected);
  });

  test('and the pieces joined are the text, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 1 }), (text, word) => {
        const parts = markParts(text, [begins(word.toLowerCase()), is(word)]);
        expect(parts.map((part) => part.text).join('')).toBe(text);
        expect(parts.every((part) => part.text !== '')).toBe(true);
      }),
    );
  });
});
