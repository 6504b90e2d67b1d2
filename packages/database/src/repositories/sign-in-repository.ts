import { and, asc, desc, eq, gt, gte, isNull, lte, ne } from '../drizzle.ts';
import type { SignInCodeRecord, SignInRepository } from '@holdfast/application';
import { portalSessions } from '../schema/people.ts';
import { passkeys, recoveryCodes, signInCodes } from '../schema/sign-in.ts';
import { takeTurn, type Transaction } from '../transaction.ts';

export function createSignInRepository(
  transaction: Transaction,
  organisationId: string,
): SignInRepository {
  return {
    ...codes(transaction, organisationId),
    ...recovery(transaction, organisationId),
    ...keys(transaction, organisationId),
    ...devices(transaction, organisationId),
  };
}

function codes(
  transaction: Transaction,
  organisationId: string,
): Pick<SignInRepository, 'lockCodes' | 'saveCode' | 'endCodes'> {
  const own = eq(signInCodes.organisationId, organisationId);
  return {
    lockCodes: async (userId, now) => {
      await takeTurn(transaction, `sign-in-codes:${organisationId}:${userId}`);
      const rows = await transaction
        .select()
        .from(signInCodes)
        .where(and(own, eq(signInCodes.userId, userId), gt(signInCodes.expiresAt, now)))
        .orderBy(desc(signInCodes.madeAt));
      return rows.map(({ organisationId: _scope, ...code }): SignInCodeRecord => code);
    },
    saveCode: async (code) => {
      await transaction
        .delete(signInCodes)
        .where(
          and(own, eq(signInCodes.userId, code.userId), lte(signInCodes.expiresAt, code.madeAt)),
        );
      const { usedAt, failures } = code;
      await transaction
        .insert(signInCodes)
        .values({ organisationId, ...code })
        .onConflictDoUpdate({
          target: [signInCodes.organisationId, signInCodes.id],
          set: { usedAt, failures },
        });
    },
    endCodes: async (userId, at) => {
      await transaction
        .update(signInCodes)
        .set({ usedAt: at })
        .where(and(own, eq(signInCodes.userId, userId), isNull(signInCodes.usedAt)));
    },
  };
}

function recovery(
  transaction: Transaction,
  organisationId: string,
): Pick<SignInRepository, 'recoveryCodes' | 'replaceRecoveryCodes' | 'takeRecoveryCode'> {
  const ofUser = (userId: string) =>
    and(eq(recoveryCodes.organisationId, organisationId), eq(recoveryCodes.userId, userId));
  return {
    recoveryCodes: async (userId) => {
      const rows = await transaction.select().from(recoveryCodes).where(ofUser(userId));
      return rows.map(({ organisationId: _scope, ...code }) => code);
    },
    replaceRecoveryCodes: async (userId, replacing) => {
      await transaction.delete(recoveryCodes).where(ofUser(userId));
      if (replacing.length === 0) return;
      await transaction
        .insert(recoveryCodes)
        .values(replacing.map((code) => ({ organisationId, ...code })));
    },
    takeRecoveryCode: async (id, at) => {
      const taken = await transaction
        .update(recoveryCodes)
        .set({ usedAt: at })
        .where(
          and(
            eq(recoveryCodes.organisationId, organisationId),
            eq(recoveryCodes.id, id),
            isNull(recoveryCodes.usedAt),
          ),
        )
        .returning({ id: recoveryCodes.id });
      return taken.length > 0;
    },
  };
}

function keys(
  transaction: Transaction,
  organisationId: string,
): Pick<
  SignInRepository,
  'passkeys' | 'addPasskey' | 'passkeyUsed' | 'removePasskey' | 'removePasskeysSince'
> {
  const own = eq(passkeys.organisationId, organisationId);
  return {
    passkeys: async (userId) => {
      const rows = await transaction
        .select()
        .from(passkeys)
        .where(and(own, eq(passkeys.userId, userId)))
        .orderBy(asc(passkeys.madeAt));
      return rows.map(({ organisationId: _scope, ...passkey }) => passkey);
    },
    addPasskey: async (passkey) => {
      await transaction.insert(passkeys).values({ organisationId, ...passkey });
    },
    passkeyUsed: async (id, counter, at) => {
      await transaction
        .update(passkeys)
        .set({ counter, lastUsedAt: at })
        .where(and(own, eq(passkeys.id, id)));
    },
    removePasskey: async (userId, id) => {
      const gone = await transaction
        .delete(passkeys)
        .where(and(own, eq(passkeys.userId, userId), eq(passkeys.id, id)))
        .returning({ id: passkeys.id });
      return gone.length > 0;
    },
    removePasskeysSince: async (userId, since) => {
      await transaction
        .delete(passkeys)
        .where(and(own, eq(passkeys.userId, userId), gte(passkeys.madeAt, since)));
    },
  };
}

function devices(
  transaction: Transaction,
  organisationId: string,
): Pick<SignInRepository, 'devices' | 'endDevice' | 'endDevices'> {
  const ofUser = (userId: string) =>
    and(eq(portalSessions.organisationId, organisationId), eq(portalSessions.subjectId, userId));
  return {
    devices: async (userId, now) => {
      const rows = await transaction
        .select()
        .from(portalSessions)
        .where(and(ofUser(userId), gt(portalSessions.expiresAt, now)))
        .orderBy(desc(portalSessions.createdAt));
      return rows.map(({ id, method, device, network, createdAt, lastSeenAt }) => ({
        id,
        method,
        device,
        network,
        createdAt,
        lastSeenAt: lastSeenAt ?? createdAt,
      }));
    },
    endDevice: async (userId, sessionId) => {
      const ended = await transaction
        .delete(portalSessions)
        .where(and(ofUser(userId), eq(portalSessions.id, sessionId)))
        .returning({ id: portalSessions.id });
      return ended.length > 0;
    },
    endDevices: async (userId, keep) => {
      const ended = await transaction
        .delete(portalSessions)
        .where(and(ofUser(userId), keep === null ? undefined : ne(portalSessions.id, keep)))
        .returning({ id: portalSessions.id });
      return ended.length;
    },
  };
}
