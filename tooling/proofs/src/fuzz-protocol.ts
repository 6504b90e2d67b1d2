import { randomInt } from 'node:crypto';
import { fuzzLateAnswers, fuzzSession } from '@holdfast/mail/testing/session-fuzz';
import type { Proof, ProofForm } from './proof.ts';

/** The same seeds at every run, so that what was clean once is clean for everybody. */
const KEPT_SEEDS: Readonly<Record<ProofForm, { readonly first: number; readonly count: number }>> =
  {
    short: { first: 0, count: 10_000 },
    long: { first: 0, count: 200_000 },
  };
/** And some that nobody has seen; the first one is printed, to see a failure again. */
const NEW_SEEDS: Readonly<Record<ProofForm, number>> = { short: 2000, long: 5000 };
/** Every so many sessions one is repeated with a policy that takes its time. */
const LATE_EVERY = 5;

export const proof: Proof = {
  name: 'fuzz-protocol',
  says: 'whatever bytes come, the protocol machine answers as a plain reading of the RFCs does, and takes the same messages',
  needs: [],
  run(form) {
    const kept = KEPT_SEEDS[form];
    const known = fuzz(kept.first, kept.count);
    const first = randomInt(2 ** 31);
    const fresh = fuzz(first, NEW_SEEDS[form]);
    return Promise.resolve([
      `${kept.count} sessions from seeds ${kept.first} to ${kept.first + kept.count - 1}: ${known}`,
      `${NEW_SEEDS[form]} more from seed ${first} on: ${fresh}`,
    ]);
  },
};

function fuzz(first: number, count: number): string {
  let messages = 0;
  let replies = 0;
  let closed = 0;
  for (let seed = first; seed < first + count; seed += 1) {
    const result = fuzzSession(seed);
    messages += result.messages;
    replies += result.replies;
    if (result.closed) closed += 1;
    if (seed % LATE_EVERY === 0) fuzzLateAnswers(seed);
  }
  return `${messages} messages taken, ${replies} replies, ${closed} sessions ended by the machine, no difference`;
}
