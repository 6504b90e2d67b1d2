import type { CopiedItemRecord, ListCopyReading } from '@holdfast/application';
import type { CopiedItemView, ListCopyView } from '@holdfast/contracts';
import { writeListEntry } from '@holdfast/domain';
import { toIso, toIsoOrNull } from './instant.ts';

export function presentListCopy({ record, mailboxes, ofUsers }: ListCopyReading): ListCopyView {
  return {
    startedAt: toIsoOrNull(record?.startedAt ?? null),
    finishedAt: toIsoOrNull(record?.finishedAt ?? null),
    report: record?.report ?? null,
    mailboxes,
    ofUsers,
  };
}

export function presentCopiedItem(item: CopiedItemRecord): CopiedItemView {
  const { id, source, policy, kind, raw, type, value, forDomain, outcome, reason } = item;
  return {
    id,
    source,
    policy,
    kind,
    raw,
    value: type === null || value === null ? null : writeListEntry({ type, value }),
    forDomain,
    outcome,
    reason,
    expiresAt: toIsoOrNull(item.expiresAt),
    copiedAt: toIso(item.copiedAt),
  };
}
