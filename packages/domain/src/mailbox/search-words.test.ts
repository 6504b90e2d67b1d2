import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSearch, searchWords } from './search-words.ts';

describe('the words of a text', () => {
  test.each([
    ['Hello, WORLD! hello', ['hello', 'world']],
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
    expect(searchWords(text)).toEqual(words);
  });

  test('are of bounded number and length', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => `w${at}`).join(' ');
    expect(searchWords(many)).toHaveLength(5000);
    expect(searchWords('x'.repeat(10_000))).toEqual(['x'.repeat(40)]);
  });
});

describe('a search', () => {
  test('asks for every word, by its beginning where it is long enough', () => {
    expect(parseSearch('Invoice of Köln')).toEqual([
      { word: 'invoice', isBeginning: true, field: null },
      { word: 'of', isBeginning: false, field: null },
      { word: 'koln', isBeginning: true, field: null },
    ]);
  });

  test('asks in one part of the message where it names one', () => {
    expect(parseSearch('from:anna@contoso subject:report 12:30 http://x')).toMatchObject([
      { word: 'anna', field: 'people' },
      { word: 'contoso', field: 'people' },
      { word: 'report', field: 'subject' },
      { word: '12', field: null },
      { word: '30', field: null },
      { word: 'http', field: null },
      { word: 'x', field: null },
    ]);
  });

  test('asks for pairs where words are not separated', () => {
    expect(parseSearch('会議室')).toEqual([
      { word: '会議', isBeginning: false, field: null },
      { word: '議室', isBeginning: false, field: null },
    ]);
    expect(parseSearch('室')).toEqual([{ word: '室', isBeginning: true, field: null }]);
  });

  test('is nothing without a word in it', () => {
    expect(parseSearch(' :*&|!() \' " ')).toEqual([]);
  });

  test('finds any piece of a text that was indexed', () => {
    const piece = fc.stringMatching(/^[a-z0-9会議室東京ÄäéÉß ]{1,30}$/u);
    fc.assert(
      fc.property(piece, (text) => {
        const words = searchWords(text);
        for (const { word, isBeginning } of parseSearch(text)) {
          const isThere = isBeginning
            ? words.some((known) => known.startsWith(word))
            : words.includes(word);
          expect(isThere).toBe(true);
        }
      }),
    );
  });
});
