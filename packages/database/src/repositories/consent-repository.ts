import type { ConsentRepository } from '@holdfast/application';
import { and, eq, isNull, lt } from '../drizzle.ts';
import { consentAttempts } from '../schema/connection.ts';
import type { Transaction } from '../transaction.ts';

export function createConsentRepository(
  transaction: Transaction,
  organisationId: string,
): ConsentRepository {
  const own = eq(consentAttempts.organisationId, organisationId);
  return {
    start: async (attempt, forgetBefore) => {
      await transaction
        .delete(consentAttempts)
        .where(and(own, lt(consentAttempts.startedAt, forgetBefore)));
      await transaction.insert(consentAttempts).values({ organisationId, ...attempt });
    },
    byState: async (stateHash) => {
      const [row] = await transaction
        .select()
        .from(consentAttempts)
        .where(and(own, eq(consentAttempts.stateHash, stateHash)));
      if (row === undefined) return null;
      const { organisationId: _own, ...record } = row;
      return record;
    },
    use: async (id, at) => {
      const used = await transaction
        .update(consentAttempts)
        .set({ usedAt: at })
        .where(and(own, eq(consentAttempts.id, id), isNull(consentAttempts.usedAt)))
        .returning({ id: consentAttempts.id });
      return used.length > 0;
    },
  };
}
