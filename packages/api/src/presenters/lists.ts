import type { ListsReading } from '@holdfast/application';
import type { ListsView } from '@holdfast/contracts';
import { toIso, toIsoOrNull } from './instant.ts';

export function presentLists(reading: ListsReading): ListsView {
  return {
    entries: reading.entries.map((entry) => {
      const { id, kind, type, value, source, note, addedBy, addedAt } = entry;
      return { id, kind, type, value, source, note, addedBy, addedAt: toIso(addedAt) };
    }),
    copiedAt: toIsoOrNull(reading.copiedAt),
    copyDetail: reading.copyDetail,
  };
}
