import type { ListEntryRecord, TenantComparison } from '@holdfast/application';
import type { TenantComparisonView, TenantEntryView } from '@holdfast/contracts';
import { writeListEntry } from '@holdfast/domain';
import { toIso, toIsoOrNull } from './instant.ts';
import { presentCopiedItem } from './list-copy.ts';
import { presentListEntry } from './lists.ts';

/** Entries of each part that are shown; a person reads no more, and takes over 500 at once. */
const MOST_COMPARED = 500;

export function presentComparison(comparison: TenantComparison): TenantComparisonView {
  const { at, difference, refused, notFiltered, sections, addresses } = comparison;
  const there = (entry: ListEntryRecord): TenantEntryView => ({
    kind: entry.kind,
    type: entry.type,
    value: writeListEntry(entry),
    forDomain: entry.forDomain,
    forUserId: entry.forUserId,
    userAddress: entry.forUserId === null ? null : (addresses.get(entry.forUserId) ?? null),
    expiresAt: toIsoOrNull(entry.expiresAt),
    note: entry.note,
  });
  const { onlyHere, onlyThere, different } = difference;
  return {
    at: toIso(at),
    same: difference.same,
    onlyThere: onlyThere.slice(0, MOST_COMPARED).map(there),
    onlyHere: onlyHere.slice(0, MOST_COMPARED).map(presentListEntry),
    different: different.slice(0, MOST_COMPARED).map((pair) => ({
      here: presentListEntry(pair.here),
      there: there(pair.there),
    })),
    refused: refused.slice(0, MOST_COMPARED).map(presentCopiedItem),
    counts: {
      onlyThere: onlyThere.length,
      onlyHere: onlyHere.length,
      different: different.length,
      refused: refused.length,
    },
    notFiltered,
    unread: sections.flatMap(({ section, failure }) =>
      failure === null ? [] : [{ section, detail: failure }],
    ),
  };
}
