import { expect, test } from 'vitest';
import { fuzzLateAnswers, fuzzSession } from '../testing/session-fuzz.ts';

/** The long form is `npm run prove -- fuzz-protocol`. */
const INPUTS = 4000;

test(`${INPUTS} fuzzed sessions give what the plain reading of the protocol gives`, () => {
  let messages = 0;
  let closed = 0;
  for (let seed = 0; seed < INPUTS; seed += 1) {
    const result = fuzzSession(seed);
    messages += result.messages;
    if (result.closed) closed += 1;
  }
  // The generator reaches what matters: messages that are taken, and sessions that are cut off.
  expect(messages).toBeGreaterThan(INPUTS / 4);
  expect(closed).toBeGreaterThan(INPUTS / 10);
});

/** Found by the proof: attributes of XCLIENT that are none, and more sent ahead. */
test.each([1663369649])('what once differed does not any more: seed %i', (seed) => {
  expect(() => fuzzSession(seed)).not.toThrow();
});

test('nor do late answers make it lose or mix anything', () => {
  expect(() => {
    for (let seed = 0; seed < INPUTS / 2; seed += 1) fuzzLateAnswers(seed);
  }).not.toThrow();
});
