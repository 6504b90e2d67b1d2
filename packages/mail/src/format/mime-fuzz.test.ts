import { expect, test } from 'vitest';
import { fuzzMessage } from '../testing/mime-fuzz.ts';

/** The long run is the proof `fuzz-mime`; these seeds stay so that what was found stays found. */
const FOUND = [
  0, // A part with an empty type: the parser gives `false` for it, which ended the process.
  1531, // A text that names a boundary.
  2493, // A byte that is no UTF-8 in a date.
  2952, // A delimiter after a line feed alone.
  9567, // A delimiter before two carriage returns.
  20984, // A delimiter before a line feed alone.
  25095, // Half of a surrogate pair out of ISO-2022-JP.
];

test('broken messages crash no parser, and are told of in one way', async () => {
  for (const seed of [...FOUND, ...Array.from({ length: 300 }, (_, index) => index)])
    expect((await fuzzMessage(seed)).difference).toBeNull();
});
