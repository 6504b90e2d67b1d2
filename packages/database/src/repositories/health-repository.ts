import { and, asc, eq, gte } from '../drizzle.ts';
import type { HealthRepository } from '@holdfast/application';
import { primaryHealth, primaryHealthHistory } from '../schema/events.ts';
import { takeTurn, type Transaction } from '../transaction.ts';

export function createHealthRepository(
  transaction: Transaction,
  organisationId: string,
): HealthRepository {
  const read = () =>
    transaction
      .select()
      .from(primaryHealth)
      .where(eq(primaryHealth.organisationId, organisationId));
  return {
    get: async () => (await read())[0]?.health ?? null,
    lock: async () => {
      // The first evidence finds no row yet; two at once must still see each other.
      await takeTurn(transaction, `health:${organisationId}`);
      return (await read().for('update'))[0]?.health ?? null;
    },
    save: async (health, changed) => {
      await transaction
        .insert(primaryHealth)
        .values({ organisationId, health })
        .onConflictDoUpdate({ target: primaryHealth.organisationId, set: { health } });
      if (!changed) return;
      await transaction
        .insert(primaryHealthHistory)
        .values({ organisationId, state: health.state, since: health.since });
    },
    history: async (since) =>
      transaction
        .select({ state: primaryHealthHistory.state, since: primaryHealthHistory.since })
        .from(primaryHealthHistory)
        .where(
          and(
            eq(primaryHealthHistory.organisationId, organisationId),
            gte(primaryHealthHistory.since, since),
          ),
        )
        .orderBy(asc(primaryHealthHistory.since), asc(primaryHealthHistory.id)),
  };
}
