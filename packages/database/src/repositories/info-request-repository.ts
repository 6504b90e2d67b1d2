import { and, eq, isNull, ne } from '../drizzle.ts';
import type { InfoRequestRepository } from '@holdfast/application';
import { infoRequests } from '../schema/people.ts';
import type { Transaction } from '../transaction.ts';

export function createInfoRequestRepository(
  transaction: Transaction,
  organisationId: string,
): InfoRequestRepository {
  const own = eq(infoRequests.organisationId, organisationId);
  return {
    get: async (id) => {
      const [row] = await transaction
        .select()
        .from(infoRequests)
        .where(and(own, eq(infoRequests.id, id)));
      return row ?? null;
    },
    revokeOf: async (userId, at) => {
      await transaction
        .update(infoRequests)
        .set({ replacedAt: at })
        .where(and(own, eq(infoRequests.userId, userId), isNull(infoRequests.replacedAt)));
    },
    replace: async (request) => {
      await transaction
        .update(infoRequests)
        .set({ replacedAt: request.sentAt })
        .where(
          and(
            own,
            eq(infoRequests.userId, request.userId),
            ne(infoRequests.id, request.id),
            isNull(infoRequests.replacedAt),
          ),
        );
      const row = { ...request, organisationId };
      await transaction
        .insert(infoRequests)
        .values(row)
        .onConflictDoUpdate({
          target: [infoRequests.organisationId, infoRequests.id],
          set: row,
        });
    },
  };
}
