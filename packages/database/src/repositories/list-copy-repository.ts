import { and, asc, count, eq, gt, isNull, sql } from '../drizzle.ts';
import type { CopiedItemQuery, CopiedItemRecord, ListCopyRepository } from '@holdfast/application';
import { copiedListItems, junkReadings, listCopies } from '../schema/lists.ts';
import { directoryObjects } from '../schema/people.ts';
import { asJson, type Transaction } from '../transaction.ts';

export function createListCopyRepository(
  transaction: Transaction,
  organisationId: string,
): ListCopyRepository {
  const own = eq(listCopies.organisationId, organisationId);
  const unread = and(
    eq(directoryObjects.organisationId, organisationId),
    eq(directoryObjects.protected, true),
    isNull(directoryObjects.removedAt),
    isNull(junkReadings.userId),
  );
  const withReadings = and(
    eq(junkReadings.organisationId, directoryObjects.organisationId),
    eq(junkReadings.userId, directoryObjects.id),
  );
  return {
    get: async () => {
      const [row] = await transaction.select().from(listCopies).where(own);
      if (row === undefined) return null;
      const { startedAt, finishedAt, report } = row;
      return { startedAt, finishedAt, report };
    },
    save: async (record) => {
      await transaction
        .insert(listCopies)
        .values({ organisationId, ...record })
        .onConflictDoUpdate({ target: listCopies.organisationId, set: record });
    },
    addItems: async (items) => {
      await transaction.execute(sql`
        insert into copied_list_items (organisation_id, id, source, policy, kind, raw, type, value, for_domain,
          for_user, outcome, reason, expires_at, copied_at)
        select ${organisationId}::uuid, id, source, policy, kind, raw, type, value, "forDomain", "forUserId",
          outcome, reason, to_timestamp("expiresAt" / 1000.0), to_timestamp("copiedAt" / 1000.0)
        from jsonb_to_recordset(${asJson(items)}) as item(id uuid, source text, policy text, kind text, raw text,
          type text, value text, "forDomain" text, "forUserId" uuid, outcome text, reason text,
          "expiresAt" bigint, "copiedAt" bigint)
        on conflict do nothing`);
    },
    items: (query) => page(transaction, organisationId, query),
    unreadMailboxes: (after, limit) =>
      transaction
        .select({ userId: directoryObjects.id, address: directoryObjects.primaryAddress })
        .from(directoryObjects)
        .leftJoin(junkReadings, withReadings)
        .where(and(unread, gt(directoryObjects.primaryAddress, after)))
        .orderBy(asc(directoryObjects.primaryAddress))
        .limit(limit),
    countMailboxes: async () => {
      const [missing] = await transaction
        .select({ count: count() })
        .from(directoryObjects)
        .leftJoin(junkReadings, withReadings)
        .where(unread);
      const [read] = await transaction
        .select({ count: count() })
        .from(junkReadings)
        .where(eq(junkReadings.organisationId, organisationId));
      return { read: read?.count ?? 0, unread: missing?.count ?? 0 };
    },
    junkReading: async (userId) => {
      const [row] = await transaction
        .select()
        .from(junkReadings)
        .where(
          and(eq(junkReadings.organisationId, organisationId), eq(junkReadings.userId, userId)),
        );
      if (row === undefined) return null;
      const { organisationId: _own, ...record } = row;
      return record;
    },
    saveJunkReading: async (reading) => {
      await transaction
        .insert(junkReadings)
        .values({ organisationId, ...reading })
        .onConflictDoNothing();
    },
  };
}

async function page(
  transaction: Transaction,
  organisationId: string,
  { outcome, ofUsers, offset, limit }: CopiedItemQuery,
): Promise<{ readonly rows: readonly CopiedItemRecord[]; readonly total: number }> {
  const wanted = and(
    eq(copiedListItems.organisationId, organisationId),
    outcome === null ? undefined : eq(copiedListItems.outcome, outcome),
    ofUsers ? undefined : isNull(copiedListItems.forUserId),
  );
  const rows = await transaction
    .select()
    .from(copiedListItems)
    .where(wanted)
    .orderBy(
      asc(copiedListItems.source),
      asc(copiedListItems.policy),
      asc(copiedListItems.kind),
      asc(copiedListItems.raw),
      asc(copiedListItems.id),
    )
    .offset(offset)
    .limit(limit);
  const [all] = await transaction.select({ count: count() }).from(copiedListItems).where(wanted);
  return {
    rows: rows.map(({ organisationId: _own, ...record }) => record),
    total: all?.count ?? 0,
  };
}
