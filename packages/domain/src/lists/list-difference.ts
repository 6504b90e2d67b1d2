import type { ListEntry } from './filter-lists.ts';

/** An entry with those it is for. */
export interface PlacedEntry extends Pick<ListEntry, 'kind' | 'type' | 'value'> {
  readonly forDomain: string | null;
  readonly forUserId: string | null;
  readonly expiresAt: number | null;
}

export interface ListDifference<Here extends PlacedEntry, There extends PlacedEntry> {
  readonly onlyHere: readonly Here[];
  readonly onlyThere: readonly There[];
  /** The same sender and recipients, and not the same said: allowed here and blocked there, or with another end. */
  readonly different: readonly { readonly here: Here; readonly there: There }[];
  readonly same: number;
}

/** Two lists side by side. The order of the input is kept. */
export function compareLists<Here extends PlacedEntry, There extends PlacedEntry>(
  here: readonly Here[],
  there: readonly There[],
): ListDifference<Here, There> {
  const left = Map.groupBy(here, subjectOf);
  const onlyThere: There[] = [];
  const different: { readonly here: Here; readonly there: There }[] = [];
  const met = new Set<Here>();
  const open: There[] = [];
  let same = 0;
  // Equals first: one that says the same must not be paired with one that does not.
  for (const entry of there) {
    const equal = left
      .get(subjectOf(entry))
      ?.find((candidate) => !met.has(candidate) && saysTheSame(candidate, entry));
    if (equal === undefined) {
      open.push(entry);
      continue;
    }
    met.add(equal);
    same += 1;
  }
  for (const entry of open) {
    const other = left.get(subjectOf(entry))?.find((candidate) => !met.has(candidate));
    if (other === undefined) {
      onlyThere.push(entry);
      continue;
    }
    met.add(other);
    different.push({ here: other, there: entry });
  }
  return { onlyHere: here.filter((entry) => !met.has(entry)), onlyThere, different, same };
}

function subjectOf({ value, forDomain, forUserId }: PlacedEntry): string {
  return `${value} ${forDomain ?? ''} ${forUserId ?? ''}`;
}

function saysTheSame(one: PlacedEntry, other: PlacedEntry): boolean {
  return one.kind === other.kind && one.type === other.type && one.expiresAt === other.expiresAt;
}
