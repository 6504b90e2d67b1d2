import type { ProofForm } from '../proof.ts';

/** What a load is judged by: milliseconds, and in words whose they are. */
export interface JudgedWait {
  readonly took: number;
  readonly whose: string;
}

/** The short form runs beside other work: so many of a hundred messages may meet a machine that stands still. */
const SHORT_LEAVES_OUT = 5;

/** Of a client that sends one message after the other, which whatever holds it up would hold up most of the time. */
export function judgedOfOne(form: ProofForm, waits: readonly number[]): JudgedWait {
  return form === 'long'
    ? { took: Math.max(...waits), whose: 'the slowest' }
    : {
        took: rankOf(waits, 1 - SHORT_LEAVES_OUT / 100),
        whose: `all but the slowest ${SHORT_LEAVES_OUT} of 100`,
      };
}

/**
 * Of messages that begin `atOnce` at a time and wait for what does not answer, until it is known to be gone. In the short
 * form one moment in which the machine stands still meets all those that are under way, but hardly the time for which
 * each of the first had to wait; a budget that does not hold meets every one of the first, or most of the others.
 */
export function judgedOfBudget(
  form: ProofForm,
  waits: readonly number[],
  atOnce: number,
): JudgedWait {
  if (form === 'long') return { took: Math.max(...waits), whose: 'the slowest' };
  const [first, others] = [waits.slice(0, atOnce), waits.slice(atOnce)];
  return {
    took: Math.max(Math.min(...first), rankOf(others, 1 / 2)),
    whose: `the quickest of the first ${atOnce} and the median of the others`,
  };
}

function rankOf(waits: readonly number[], share: number): number {
  return waits.toSorted((a, b) => a - b)[Math.ceil(waits.length * share) - 1] ?? Infinity;
}
