import { and, desc, eq } from '../drizzle.ts';
import type { SyncRunRecord, SyncRunRepository } from '@holdfast/application';
import { syncRuns } from '../schema/organisations.ts';
import type { Transaction } from '../transaction.ts';

export function createSyncRunRepository(
  transaction: Transaction,
  organisationId: string,
): SyncRunRepository {
  const own = eq(syncRuns.organisationId, organisationId);
  return {
    get: async (id) => {
      const [row] = await transaction
        .select()
        .from(syncRuns)
        .where(and(own, eq(syncRuns.id, id)));
      return row === undefined ? null : toSyncRun(row);
    },
    latest: async () => {
      const [row] = await transaction
        .select()
        .from(syncRuns)
        .where(own)
        .orderBy(desc(syncRuns.startedAt), desc(syncRuns.id))
        .limit(1);
      return row === undefined ? null : toSyncRun(row);
    },
    save: async (run) => {
      await transaction
        .insert(syncRuns)
        .values({ organisationId, ...run })
        .onConflictDoUpdate({ target: [syncRuns.organisationId, syncRuns.id], set: run });
    },
  };
}

function toSyncRun(row: typeof syncRuns.$inferSelect): SyncRunRecord {
  const { organisationId: _own, ...record } = row;
  return record;
}
