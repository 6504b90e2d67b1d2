import { and, desc, eq, gte, inArray } from '../drizzle.ts';
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
    hasDone: async ({ actor, actions, subject, since }) => {
      const rows = await transaction
        .select({ id: auditEntries.id })
        .from(auditEntries)
        .where(
          and(
            eq(auditEntries.organisationId, organisationId),
            gte(auditEntries.at, since),
            eq(auditEntries.actor, actor),
            eq(auditEntries.subject, subject),
            inArray(auditEntries.action, [...actions]),
          ),
        )
        .limit(1);
      return rows.length > 0;
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
