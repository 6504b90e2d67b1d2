import { desc, eq } from '../drizzle.ts';
import type { AuditRepository } from '@holdfast/application';
import { auditEntries } from '../schema/organisations.ts';
import type { Transaction } from '../transaction.ts';

export function createAuditRepository(
  transaction: Transaction,
  organisationId: string,
): AuditRepository {
  return {
    append: async (entry) => {
      await transaction.insert(auditEntries).values({ organisationId, ...entry });
    },
    recent: async (limit) => {
      const rows = await transaction
        .select()
        .from(auditEntries)
        .where(eq(auditEntries.organisationId, organisationId))
        .orderBy(desc(auditEntries.id))
        .limit(limit);
      return rows.map(({ at, actor, action, subject, details, ip }) => ({
        at,
        actor,
        action,
        subject,
        details,
        ip,
      }));
    },
  };
}
