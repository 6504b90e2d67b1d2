import type { TenantComparisonView } from '@holdfast/contracts';

type ThereEntry = TenantComparisonView['onlyThere'][number];

/** One line that can be ticked. */
export interface Choice {
  readonly key: string;
  readonly there: ThereEntry;
  /** Our entry that it would take the place of. */
  readonly replaces: string | null;
}

export function choicesOf({ onlyThere, different }: TenantComparisonView): readonly Choice[] {
  return [
    ...different.map(({ here, there }) => ({ key: keyOf(there), there, replaces: here.id })),
    ...onlyThere.map((there) => ({ key: keyOf(there), there, replaces: null })),
  ];
}

export function keyOf({ kind, type, value, forDomain, forUserId }: ThereEntry): string {
  return [kind, type, value, forDomain ?? '', forUserId ?? ''].join(' ');
}

/** What the server is told of the ticked ones. */
export function chosenEntries(choices: readonly Choice[], ticked: ReadonlySet<string>) {
  return choices
    .filter(({ key }) => ticked.has(key))
    .map(({ there, replaces }) => {
      const { kind, value, forDomain, forUserId, expiresAt, note } = there;
      return { kind, value, forDomain, forUserId, expiresAt, note, replaces };
    });
}
