import { and, desc, eq, gte, isNotNull, isNull, lte, or, sql } from '../drizzle.ts';
import type { AccountChangeRecord, AccountChangeRepository } from '@holdfast/application';
import { DAY } from '@holdfast/domain';
import { accountChanges } from '../schema/account-changes.ts';
import type { Transaction } from '../transaction.ts';

/** A value that was disputed is refused this long. Unit: milliseconds. */
const DISPUTED_KEPT_FOR = 180 * DAY;

export function createAccountChangeRepository(
  transaction: Transaction,
  organisationId: string,
): AccountChangeRepository {
  const own = eq(accountChanges.organisationId, organisationId);
  const byId = (id: string) => and(own, eq(accountChanges.id, id));
  return {
    get: async (id) => {
      const [row] = await transaction.select().from(accountChanges).where(byId(id));
      return row === undefined ? null : toChange(row);
    },
    lock: async (id) => {
      const [row] = await transaction.select().from(accountChanges).where(byId(id)).for('update');
      return row === undefined ? null : toChange(row);
    },
    add: async (change) => {
      await transaction.insert(accountChanges).values({ ...change, organisationId });
    },
    saveDispute: async (id, at) => {
      await transaction.update(accountChanges).set({ disputedAt: at }).where(byId(id));
    },
    unseen: async (userId, since) => {
      const rows = await transaction
        .select()
        .from(accountChanges)
        .where(
          and(
            own,
            eq(accountChanges.userId, userId),
            gte(accountChanges.at, since),
            isNull(accountChanges.seenAt),
          ),
        )
        .orderBy(desc(accountChanges.at));
      return rows.map(toChange);
    },
    saveSeen: async (id, at) => {
      await transaction.update(accountChanges).set({ seenAt: at }).where(byId(id));
    },
    removeExpired: async (now) => {
      const kept = now - DISPUTED_KEPT_FOR;
      await transaction
        .delete(accountChanges)
        .where(
          and(
            own,
            lte(accountChanges.expiresAt, now),
            or(isNull(accountChanges.disputedAt), lte(accountChanges.disputedAt, kept)),
          ),
        );
    },
    isDisputed: async (userId, value) => {
      const rows = await transaction
        .select({ id: accountChanges.id })
        .from(accountChanges)
        .where(
          and(
            own,
            eq(accountChanges.userId, userId),
            isNotNull(accountChanges.disputedAt),
            sql`${accountChanges.change} ->> 'value' = ${value}`,
          ),
        )
        .limit(1);
      return rows.length > 0;
    },
  };
}

function toChange(row: typeof accountChanges.$inferSelect): AccountChangeRecord {
  const { id, userId, change, told, at, expiresAt, disputedAt } = row;
  return { id, userId, change, told, at, expiresAt, disputedAt };
}
