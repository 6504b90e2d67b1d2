import { and, asc, eq } from '../drizzle.ts';
import type { AccountRepository, AdministratorRecord, SessionRecord } from '@holdfast/application';
import { administrators, portalAccounts, portalSessions } from '../schema/people.ts';
import { isAmong, type Transaction } from '../transaction.ts';

export function createAccountRepository(
  transaction: Transaction,
  organisationId: string,
): AccountRepository {
  const ownSession = eq(portalSessions.organisationId, organisationId);
  return {
    portalAccount: async (userId) => {
      const [row] = await transaction
        .select()
        .from(portalAccounts)
        .where(
          and(eq(portalAccounts.organisationId, organisationId), eq(portalAccounts.userId, userId)),
        );
      return row ?? null;
    },
    savePortalPassword: async (userId, passwordHash) => {
      await transaction
        .insert(portalAccounts)
        .values({ organisationId, userId, passwordHash })
        .onConflictDoUpdate({
          target: [portalAccounts.organisationId, portalAccounts.userId],
          set: { passwordHash },
        });
    },
    forgetPortalPassword: async (userId) => {
      await transaction
        .update(portalAccounts)
        .set({ passwordHash: null })
        .where(
          and(eq(portalAccounts.organisationId, organisationId), eq(portalAccounts.userId, userId)),
        );
    },
    createPortalSession: async (session) => {
      await transaction.insert(portalSessions).values({ ...session, organisationId });
    },
    clearMustChoose: async (sessionId) => {
      await transaction
        .update(portalSessions)
        .set({ mustChoosePassword: false })
        .where(and(ownSession, eq(portalSessions.id, sessionId)));
    },
    revokePortalSessions: async (userId) => {
      await transaction
        .delete(portalSessions)
        .where(and(ownSession, eq(portalSessions.subjectId, userId)));
    },
    revokePortalSessionsOf: async (userIds) => {
      await transaction
        .delete(portalSessions)
        .where(and(ownSession, isAmong(portalSessions.subjectId, userIds)));
    },
    administrators: async () =>
      transaction
        .select()
        .from(administrators)
        .where(eq(administrators.organisationId, organisationId))
        .orderBy(asc(administrators.email)),
    addAdministrator: async (administrator: AdministratorRecord) => {
      await transaction.insert(administrators).values({ ...administrator, organisationId });
    },
  };
}

/** The token's hash stays in the row. */
export function toSession(row: SessionRecord & { readonly tokenHash: string }): SessionRecord {
  const { id, organisationId, subjectId, createdAt, expiresAt, mustChoosePassword } = row;
  return { id, organisationId, subjectId, createdAt, expiresAt, mustChoosePassword };
}
