import { and, desc, eq, inArray } from '../drizzle.ts';
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
    claim: async (id, owner, at) => {
      const [row] = await transaction
        .update(syncRuns)
        .set({ state: 'running', phase: 'reading', seen: 0, owner, heartbeatAt: at })
        .where(and(own, eq(syncRuns.id, id), inArray(syncRuns.state, ['waiting', 'running'])))
        .returning();
      return row === undefined ? null : toSyncRun(row);
    },
    beat: async (id, owner, { seen, phase, at }) => {
      const rows = await transaction
        .update(syncRuns)
        .set({ seen, phase, heartbeatAt: at })
        .where(
          and(own, eq(syncRuns.id, id), eq(syncRuns.owner, owner), eq(syncRuns.state, 'running')),
        )
        .returning({ id: syncRuns.id });
      return rows.length > 0;
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
  const { organisationId: _own, owner: _owner, ...record } = row;
  return record;
}
