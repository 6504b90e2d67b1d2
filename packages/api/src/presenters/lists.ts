import type { ListEntryRecord, ListsReading, UserListsReading } from '@holdfast/application';
import type { ListEntryView, ListsView, UserListsView } from '@holdfast/contracts';
import { domainOf, localPartOf, unicodeDomain, writeListEntry } from '@holdfast/domain';
import { toIso, toIsoOrNull } from './instant.ts';

export function presentLists(reading: ListsReading): ListsView {
  return {
    entries: reading.entries.map(presentListEntry),
    copiedAt: toIsoOrNull(reading.copiedAt),
    copyDetail: reading.copyDetail,
  };
}

export function presentUserLists(reading: UserListsReading): UserListsView {
  const { userId, entries, readAt, contactsTrusted, listsOnly } = reading;
  return {
    userId,
    entries: entries.map(presentListEntry),
    readAt: toIsoOrNull(readAt),
    contactsTrusted,
    listsOnly,
  };
}

export function presentListEntry(entry: ListEntryRecord): ListEntryView {
  const { id, kind, type, forDomain, source, note, addedBy } = entry;
  return {
    id,
    kind,
    type,
    value: writeListEntry(entry),
    readable: readableValue(entry),
    forDomain,
    expiresAt: toIsoOrNull(entry.expiresAt),
    source,
    note,
    addedBy,
    addedAt: toIso(entry.addedAt),
  };
}

function readableValue({ type, value }: Pick<ListEntryRecord, 'type' | 'value'>): string | null {
  if (type === 'range') return null;
  const readable =
    type === 'address'
      ? `${localPartOf(value)}@${unicodeDomain(domainOf(value))}`
      : unicodeDomain(value);
  return readable === value ? null : readable;
}
