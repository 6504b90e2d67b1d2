import { and, asc, count, eq, isNotNull, isNull, sql } from '../drizzle.ts';
import type { ListEntryRecord, ListRepository } from '@holdfast/application';
import { listEntries } from '../schema/organisations.ts';
import { isAmong, asJson, type Transaction } from '../transaction.ts';

export function createListRepository(
  transaction: Transaction,
  organisationId: string,
): ListRepository {
  const own = eq(listEntries.organisationId, organisationId);
  return {
    all: async () => {
      const rows = await transaction
        .select()
        .from(listEntries)
        .where(own)
        .orderBy(asc(listEntries.kind), asc(listEntries.value));
      return rows.map(toEntry);
    },
    forEveryone: async () => {
      const rows = await transaction
        .select()
        .from(listEntries)
        .where(and(own, isNull(listEntries.forUserId)))
        .orderBy(asc(listEntries.kind), asc(listEntries.value));
      return rows.map(toEntry);
    },
    ofUser: async (userId) => {
      const rows = await transaction
        .select()
        .from(listEntries)
        .where(and(own, eq(listEntries.forUserId, userId)))
        .orderBy(asc(listEntries.kind), asc(listEntries.value));
      return rows.map(toEntry);
    },
    countOfUsers: async () => {
      const [row] = await transaction
        .select({
          entries: count(),
          users: sql<number>`count(distinct ${listEntries.forUserId})::int`,
        })
        .from(listEntries)
        .where(and(own, isNotNull(listEntries.forUserId)));
      return row ?? { entries: 0, users: 0 };
    },
    add: async (entries) => {
      const added = await transaction.execute(sql`
        insert into list_entries (organisation_id, id, kind, type, value, for_domain, for_user, expires_at, source, note,
          added_by, added_at)
        select ${organisationId}::uuid, id, kind, type, value, "forDomain", "forUserId",
          to_timestamp("expiresAt" / 1000.0), source, note, "addedBy", to_timestamp("addedAt" / 1000.0)
        from jsonb_to_recordset(${asJson(entries)}) as entry(id uuid, kind text, type text, value text,
          "forDomain" text, "forUserId" uuid, "expiresAt" bigint, source text, note text, "addedBy" text, "addedAt" bigint)
        on conflict do nothing
        returning id`);
      return added.length;
    },
    remove: async (ids) => {
      const rows = await transaction
        .delete(listEntries)
        .where(and(own, isAmong(listEntries.id, ids)))
        .returning();
      return rows.map(toEntry);
    },
  };
}

function toEntry(row: typeof listEntries.$inferSelect): ListEntryRecord {
  const { organisationId: _own, ...record } = row;
  return record;
}
