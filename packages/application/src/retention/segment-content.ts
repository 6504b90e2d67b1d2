import type { Instant } from '@holdfast/domain';
import type { SettledCount } from '../ports/retention.ts';
import type { SpoolPosition, SpoolReader, StoreReference } from '../ports/spool.ts';
import { acceptedRecipients, createTally } from '../mail-flow/accepted-recipients.ts';

export interface SegmentContent {
  readonly records: readonly {
    readonly id: string;
    readonly acceptedAt: Instant;
    readonly reference: StoreReference;
  }[];
  /** When the last of them was accepted; minus infinity without any. */
  readonly newest: Instant;
  /** Offset behind the last record. */
  readonly end: number;
  readonly accepted: readonly SettledCount[];
}

const RECORDS_AT_ONCE = 1000;
const BYTES_AT_ONCE = 64 * 1024 * 1024;

/** Everything in a segment; null when it cannot be read. */
export async function readSegment(
  reader: SpoolReader,
  { instance, segment }: { readonly instance: string; readonly segment: string },
): Promise<SegmentContent | null> {
  const records: SegmentContent['records'][number][] = [];
  const accepted = createTally();
  let newest = Number.NEGATIVE_INFINITY;
  let from: SpoolPosition = { instance, segment, offset: 0 };
  for (;;) {
    const batch = await reader.read(from, { records: RECORDS_AT_ONCE, bytes: BYTES_AT_ONCE });
    if (batch.alarms.some(({ kind }) => kind === 'unreadable-segment')) return null;
    for (const record of batch.records) {
      const { id, acceptedAt, reference } = record;
      records.push({ id, acceptedAt, reference });
      newest = Math.max(newest, acceptedAt);
      accepted.add(acceptedRecipients(record));
    }
    if (batch.next.offset === from.offset) break;
    from = batch.next;
  }
  return { records, newest, end: from.offset, accepted: accepted.counts() };
}
