import { eq } from '../drizzle.ts';
import type { ConnectionRepository } from '@holdfast/application';
import { connections } from '../schema/organisations.ts';
import type { Transaction } from '../transaction.ts';

export function createConnectionRepository(
  transaction: Transaction,
  organisationId: string,
): ConnectionRepository {
  return {
    get: async () => {
      const [row] = await transaction
        .select()
        .from(connections)
        .where(eq(connections.organisationId, organisationId));
      if (row === undefined) return null;
      const { organisationId: _own, ...record } = row;
      return record;
    },
    save: async (connection) => {
      await transaction
        .insert(connections)
        .values({ organisationId, ...connection })
        .onConflictDoUpdate({ target: connections.organisationId, set: connection });
    },
  };
}
