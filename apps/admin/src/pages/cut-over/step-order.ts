import type { StepView } from '@holdfast/contracts';

/** Its turn has not come: nothing is wrong with it, and nothing is to be done yet. */
export function isLater({ state, blockedBy }: Pick<StepView, 'state' | 'blockedBy'>): boolean {
  return state === 'blocked' && blockedBy === 'earlier-steps';
}
