import type { LedgerPart, SettledCount } from '../ports/retention.ts';
import type { SpoolOrigin, SpoolRecordHead } from '../ports/spool.ts';

/**
 * Whose recipients a record has, and how many: what the ledger calls accepted. Mail that leaves belongs to its sender's
 * organisation with all its recipients.
 */
export function acceptedRecipients(
  record: Pick<SpoolRecordHead, 'origin' | 'organisationId' | 'envelope'>,
): readonly SettledCount[] {
  const { recipients } = record.envelope;
  const part = partOf(record.origin);
  if (part === null) return [];
  if (part !== 'inbound')
    return [{ organisationId: record.organisationId, part, recipients: recipients.length }];
  const counts = new Map<string, number>();
  for (const { organisationId } of recipients) {
    if (organisationId !== null) counts.set(organisationId, (counts.get(organisationId) ?? 0) + 1);
  }
  return [...counts].map(([organisationId, count]) => ({
    organisationId,
    part,
    recipients: count,
  }));
}

/**
 * Null for copies: what they are copies of was accepted by Office 365, or by us in a record of its own. And for what was
 * written in a drill, which is for nobody.
 */
function partOf(origin: SpoolOrigin): LedgerPart | null {
  switch (origin) {
    case 'inbound':
    case 'seed':
      return 'inbound';
    case 'submission':
      return 'outbound';
    case 'notice':
    case 'bounce':
      return 'notices';
    case 'mailbox':
    case 'drill':
      return null;
  }
}

export interface Tally {
  add(counts: readonly SettledCount[]): void;
  /** One for each organisation and part. */
  counts(): readonly SettledCount[];
}

export function createTally(): Tally {
  const totals = new Map<string, SettledCount>();
  return {
    add(counts) {
      for (const count of counts) {
        const key = `${count.part}/${count.organisationId}`;
        const before = totals.get(key)?.recipients ?? 0;
        totals.set(key, { ...count, recipients: before + count.recipients });
      }
    },
    counts: () => [...totals.values()],
  };
}
