import { and, desc, eq } from '../drizzle.ts';
import type { QueueActionRecord, QueueRepository } from '@holdfast/application';
import { queueActions } from '../schema/queue.ts';
import type { Transaction } from '../transaction.ts';

/** How far commands on many deliveries have come. */
export function createQueueActionStore(
  transaction: Transaction,
  organisationId: string,
): Pick<QueueRepository, 'saveAction' | 'action' | 'lockAction' | 'latestAction'> {
  const own = eq(queueActions.organisationId, organisationId);
  const select = (id: string) =>
    transaction
      .select()
      .from(queueActions)
      .where(and(own, eq(queueActions.id, id)));
  return {
    saveAction: async (action) => {
      const row = { organisationId, ...action };
      await transaction
        .insert(queueActions)
        .values(row)
        .onConflictDoUpdate({ target: [queueActions.organisationId, queueActions.id], set: row });
    },
    action: async (id) => {
      const [row] = await select(id);
      return row === undefined ? null : toAction(row);
    },
    lockAction: async (id) => {
      const [row] = await select(id).for('update');
      return row === undefined ? null : toAction(row);
    },
    latestAction: async () => {
      const [row] = await transaction
        .select()
        .from(queueActions)
        .where(own)
        .orderBy(desc(queueActions.requestedAt))
        .limit(1);
      return row === undefined ? null : toAction(row);
    },
  };
}

function toAction(row: typeof queueActions.$inferSelect): QueueActionRecord {
  const { organisationId: _own, ...action } = row;
  return action;
}
