import type { DomainView } from '@holdfast/contracts';

export interface FilterDraft {
  readonly filterMode: DomainView['filterMode'];
  /** One address or range a line. */
  readonly hops: string;
  readonly confirmed: boolean;
}

/** Lines with something on them, trimmed. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

export function isSameFilter(a: FilterDraft, b: FilterDraft): boolean {
  if (a.filterMode !== b.filterMode) return false;
  return (
    a.filterMode !== 'filter-in-front' || linesOf(a.hops).join('\n') === linesOf(b.hops).join('\n')
  );
}

/** What is still missing before it can be saved; null when nothing is. */
export function whyNotSaved(draft: FilterDraft): 'hops' | 'confirmation' | null {
  if (draft.filterMode === 'filter-in-front' && linesOf(draft.hops).length === 0) return 'hops';
  if (draft.filterMode !== 'none' && !draft.confirmed) return 'confirmation';
  return null;
}
