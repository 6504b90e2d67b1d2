import { placedWords } from '@holdfast/domain';
import { describe, expect, test } from 'vitest';
import { mimeCorpus } from '../testing/mime-corpus.ts';
import { DEFAULT_FORMAT_LIMITS } from './format-limits.ts';
import { fullSearchable, fullSummary } from './message-format.ts';
import { ordinarySearchable, ordinarySummary } from './ordinary-summary.ts';

const corpus = mimeCorpus();

describe('both ways of summarising agree on', () => {
  test.each(corpus)('$name', async ({ bytes }) => {
    const quick = ordinarySummary(bytes, DEFAULT_FORMAT_LIMITS);
    const full = await fullSummary(bytes, DEFAULT_FORMAT_LIMITS);
    expect(quick ?? full).toEqual(full);
    const words = ordinarySearchable(bytes, DEFAULT_FORMAT_LIMITS);
    const parsed = await fullSearchable(bytes, DEFAULT_FORMAT_LIMITS);
    expect(placedWords(words?.text ?? parsed.text)).toEqual(placedWords(parsed.text));
  });
});

test('what is left to the full parser is broken, packed, or so large that its cut matters', () => {
  const left = corpus
    .filter(({ bytes }) => ordinarySummary(bytes, DEFAULT_FORMAT_LIMITS) === null)
    .map(({ name }) => name.replace(/,.*| after \d+ bytes/, ''));
  expect([...new Set(left)]).toEqual([
    'signed in one piece',
    'Outlook’s own wrapping',
    'broken quoted-printable',
    'broken base64',
    'an unknown encoding',
    'very large HTML',
    'a disposition nobody knows',
    'a disposition without a type',
    'a type that is none',
    'two types',
    'a boundary never closed',
    'a boundary that never comes',
    'no boundary named',
    'a boundary that begins like another',
    'an inner multipart never closed',
    'a part cut within its header',
    'a multipart in base64',
    'many parts',
    'parts within parts',
    'a space before the colon',
    'a line that is no field',
    'an mbox line',
    'cut off',
    'line feeds alone',
  ]);
});
