import { and, count, desc, eq, sql } from '../drizzle.ts';
import type { DraftRecord, DraftRepository } from '@holdfast/application';
import { drafts } from '../schema/writing.ts';
import { iso, type Transaction } from '../transaction.ts';

export function createDraftRepository(
  transaction: Transaction,
  organisationId: string,
): DraftRepository {
  const named = (userId: string, id: string) =>
    and(eq(drafts.organisationId, organisationId), eq(drafts.userId, userId), eq(drafts.id, id));
  const openOf = (userId: string) =>
    and(
      eq(drafts.organisationId, organisationId),
      eq(drafts.userId, userId),
      eq(drafts.state, 'open'),
    );
  return {
    lock: async (userId, id) => {
      const [row] = await transaction.select().from(drafts).where(named(userId, id)).for('update');
      return row === undefined ? null : toDraft(row);
    },
    get: async (userId, id) => {
      const [row] = await transaction.select().from(drafts).where(named(userId, id));
      return row === undefined ? null : toDraft(row);
    },
    list: async (userId) => {
      const { id, revision, state, sealedHead, uploadIds, branchOf, because } = drafts;
      const { device, writtenAt, savedAt } = drafts;
      return transaction
        .select({
          id,
          userId: drafts.userId,
          revision,
          state,
          sealedHead,
          uploadIds,
          branchOf,
          because,
          device,
          writtenAt,
          savedAt,
        })
        .from(drafts)
        .where(openOf(userId))
        .orderBy(desc(drafts.writtenAt), desc(drafts.id));
    },
    countOpen: async (userId) => {
      const [row] = await transaction
        .select({ drafts: count() })
        .from(drafts)
        .where(openOf(userId));
      return row?.drafts ?? 0;
    },
    findBranch: async (userId, branchOf, digest) => {
      const [row] = await transaction
        .select()
        .from(drafts)
        .where(and(openOf(userId), eq(drafts.branchOf, branchOf), eq(drafts.digest, digest)));
      return row === undefined ? null : toDraft(row);
    },
    save: async (draft) => {
      const row = { ...draft, uploadIds: [...draft.uploadIds], organisationId };
      await transaction
        .insert(drafts)
        .values(row)
        .onConflictDoUpdate({
          target: [drafts.organisationId, drafts.userId, drafts.id],
          set: row,
        });
    },
    removeOld: async ({ over, open }) => {
      const removed = await transaction.execute(sql`
        delete from drafts where organisation_id = ${organisationId}
          and saved_at < case state when 'open' then ${iso(open)}::timestamptz
            else ${iso(over)}::timestamptz end
        returning id`);
      return removed.length;
    },
  };
}

function toDraft(row: typeof drafts.$inferSelect): DraftRecord {
  const { organisationId: _own, ...record } = row;
  return record;
}
