import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placedWords, wantedWords } from './search-words.ts';

const wordsOf = (text: string): readonly string[] => placedWords(text).map(({ word }) => word);

describe('the words of a text', () => {
  test.each([
    ['Hello, WORLD! hello', ['hello', 'world', 'hello']],
    ['Grüße aus Köln: café', ['gruße', 'aus', 'koln', 'cafe']],
    ['anna.smith@contoso.example', ['anna', 'smith', 'contoso', 'example']],
    ['invoice-2026_07', ['invoice', '2026', '07']],
    ['ﬁne ＡＢＣ', ['fine', 'abc']],
    ['会議室は3階', ['会議', '議室', '室は', 'は', '3', '階']],
    ['東京Tower', ['東京', '京', 'tower']],
    ['回', ['回']],
    ['ガ', ['ガ']],
    ['', []],
    ["'; drop table --", ['drop', 'table']],
  ])('%s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test('stand one place apart, and so do characters where words are not separated', () => {
    expect(placedWords('the 会議 room')).toEqual([
      { word: 'the', place: 0 },
      { word: '会議', place: 1 },
      { word: '議', place: 2 },
      { word: 'room', place: 3 },
    ]);
  });

  test('are of bounded number and length', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => `w${at}`).join(' ');
    expect(placedWords(many)).toHaveLength(5000);
    expect(placedWords('again '.repeat(20_000))).toHaveLength(15_000);
    expect(wordsOf('x'.repeat(10_000))).toEqual(['x'.repeat(40)]);
  });

  test('have every piece of the text in them, at the distances that are looked for', () => {
    const piece = fc.stringMatching(/^[a-z0-9会議室東京ÄäéÉß ]{1,30}$/u);
    fc.assert(
      fc.property(piece, piece, (before, text) => {
        const there = placedWords(`${before} ${text}`);
        const wanted = wantedWords(text);
        const [first] = wanted;
        if (first === undefined) return;
        const starts = there.filter(({ word }) => word.startsWith(first.word));
        const isThere = starts.some((start) =>
          wanted.every(({ word, place }) =>
            there.some(
              (each) =>
                each.place - start.place === place - first.place && each.word.startsWith(word),
            ),
          ),
        );
        expect(isThere).toBe(true);
      }),
    );
  });
});
