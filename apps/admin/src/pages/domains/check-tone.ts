import type { DomainRowView, DomainView } from '@holdfast/contracts';
import type { Tone } from '../../ui/state.tsx';

type Result = DomainView['checks'][number]['result'];

export const RESULT_TONE: Readonly<Record<Result, Tone>> = {
  good: 'good',
  note: 'neutral',
  unknown: 'hollow',
  attention: 'attention',
  problem: 'problem',
};

export interface CheckCounts {
  readonly problems: number;
  readonly attentions: number;
  readonly unknown: number;
}

export function countChecks(checks: DomainView['checks']): CheckCounts {
  const count = (result: Result): number =>
    checks.filter((check) => check.result === result).length;
  return {
    problems: count('problem'),
    attentions: count('attention'),
    unknown: count('unknown'),
  };
}

export function worstTone({ problems, attentions, unknown }: CheckCounts): Tone {
  if (problems > 0) return 'problem';
  if (attentions > 0) return 'attention';
  return unknown > 0 ? 'hollow' : 'good';
}

/** Something for the administrator to do, or at least to look at. */
export function needsSomebody({
  protectable,
  state,
  alerts,
  counts,
}: Pick<DomainRowView, 'protectable' | 'state' | 'alerts' | 'counts'>): boolean {
  if (!protectable) return false;
  return (
    state !== 'correct' || alerts > 0 || (counts?.problems ?? 0) + (counts?.attentions ?? 0) > 0
  );
}
