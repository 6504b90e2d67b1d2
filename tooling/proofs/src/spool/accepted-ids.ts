import { NO_SPOOL_KEYS } from '@holdfast/application';
import { createSpoolReader } from '@holdfast/mail';

/** Of the record, out of mx's reply. */
export function idOf(reply: string): string {
  return /Accepted as ([0-9a-f-]{36})/.exec(reply)?.[1] ?? reply;
}

/** Of every record in a spool, as a reader finds them. */
export async function idsIn(directory: string): Promise<ReadonlySet<string>> {
  const reader = createSpoolReader({ directory, keys: NO_SPOOL_KEYS });
  const ids = new Set<string>();
  for (const { instance, segment } of await reader.segments()) {
    let from = { instance, segment, offset: 0 };
    for (;;) {
      const batch = await reader.read(from, { records: 500, bytes: 32 * 1024 * 1024 });
      for (const { id } of batch.records) ids.add(id);
      if (batch.next.offset === from.offset) break;
      from = batch.next;
    }
  }
  return ids;
}
