import { hash } from 'node:crypto';
import { and, asc, count, eq, gt, gte, inArray, lt, or, sql } from '../drizzle.ts';
import type { JobSender, SystemRepositories } from '@holdfast/application';
import { accountChanges } from '../schema/account-changes.ts';
import { connections, domains, organisations } from '../schema/organisations.ts';
import { consentAttempts } from '../schema/connection.ts';
import { setUpTokens, signInAttempts } from '../schema/installation.ts';
import {
  administratorInvitations,
  administrators,
  administratorSessions,
  contactChannels,
  directoryAddresses,
  directoryObjects,
  infoRequests,
  portalSessions,
} from '../schema/people.ts';
import { pushKeys } from '../schema/push.ts';
import { passkeyChallenges, passkeys } from '../schema/sign-in.ts';
import { sendSignal } from '../signals.ts';
import { takeTurn, type Transaction } from '../transaction.ts';
import { toSession } from './account-repository.ts';
import { createConversationRepository } from './conversation-repository.ts';
import { createDeliveryQueue } from './delivery-queue.ts';
import { createIngestRepository } from './ingest-repository.ts';
import { createLedgerRepository } from './ledger-repository.ts';
import { createReportRepository } from './report-repository.ts';
import { createSearchRepository } from './search-repository.ts';
import { toOrganisation } from './organisation-repository.ts';
import { createRetentionRepository } from './retention-repository.ts';

export function createSystemRepositories(
  transaction: Transaction,
  jobs: JobSender,
): SystemRepositories {
  return {
    organisations: async () => {
      const rows = await transaction
        .select()
        .from(organisations)
        .orderBy(asc(organisations.createdAt), asc(organisations.organisationId));
      return rows.map(toOrganisation);
    },
    createOrganisation: async ({ id, ...organisation }) => {
      await transaction.insert(organisations).values({ organisationId: id, ...organisation });
    },
    ...sessions(transaction),
    channelsHolding: async (kind, value) =>
      transaction
        .select({
          organisationId: contactChannels.organisationId,
          userId: contactChannels.userId,
        })
        .from(contactChannels)
        .where(
          and(
            eq(contactChannels.kind, kind),
            or(
              eq(contactChannels.value, value),
              sql`${contactChannels.channel} -> 'next' ->> 'value' = ${value}`,
            ),
          ),
        ),
    accountChangeByToken: async (tokenHash) => {
      const [row] = await transaction
        .select({ id: accountChanges.id, organisationId: accountChanges.organisationId })
        .from(accountChanges)
        .where(eq(accountChanges.tokenHash, tokenHash));
      return row ?? null;
    },
    invitationByToken: async (tokenHash) => {
      const { id, organisationId } = administratorInvitations;
      const [row] = await transaction
        .select({ id, organisationId })
        .from(administratorInvitations)
        .where(eq(administratorInvitations.tokenHash, tokenHash));
      return row ?? null;
    },
    infoRequestByToken: async (tokenHash) => {
      const [row] = await transaction
        .select()
        .from(infoRequests)
        .where(eq(infoRequests.tokenHash, tokenHash));
      return row ?? null;
    },
    tenantOwner: async ({ tenantId, initialDomain }) => {
      const [row] = await transaction
        .select({ organisationId: connections.organisationId })
        .from(connections)
        .where(
          or(
            eq(connections.tenantId, tenantId),
            initialDomain === null ? undefined : eq(connections.initialDomain, initialDomain),
          ),
        );
      return row?.organisationId ?? null;
    },
    consentAttempts: async (tenantId, since) =>
      transaction
        .select({
          organisationId: consentAttempts.organisationId,
          startedAt: consentAttempts.startedAt,
          admittedBefore: consentAttempts.admittedBefore,
        })
        .from(consentAttempts)
        .where(and(eq(consentAttempts.tenantId, tenantId), gte(consentAttempts.startedAt, since)))
        .orderBy(asc(consentAttempts.startedAt)),
    domainOwners: async (names) =>
      transaction
        .select({ name: domains.name, organisationId: domains.organisationId })
        .from(domains)
        .where(inArray(domains.name, [...names]))
        .orderBy(asc(domains.name)),
    protectedUserByAddress: async (address) => {
      const [row] = await transaction
        .select({
          organisationId: directoryObjects.organisationId,
          userId: directoryObjects.id,
        })
        .from(directoryAddresses)
        .innerJoin(
          directoryObjects,
          and(
            eq(directoryObjects.organisationId, directoryAddresses.organisationId),
            eq(directoryObjects.id, directoryAddresses.objectId),
          ),
        )
        .where(
          and(
            eq(directoryAddresses.address, address.trim().toLowerCase()),
            eq(directoryObjects.protected, true),
          ),
        );
      return row ?? null;
    },
    ...installation(transaction),
    ingest: createIngestRepository(transaction),
    conversations: createConversationRepository(transaction),
    reports: createReportRepository(transaction),
    search: createSearchRepository(transaction),
    ledger: createLedgerRepository(transaction),
    retention: createRetentionRepository(transaction),
    deliveries: createDeliveryQueue(transaction),
    jobs,
    notify: (signal) => sendSignal(transaction, signal),
  };
}

function sessions(
  transaction: Transaction,
): Pick<
  SystemRepositories,
  | 'administratorByEmail'
  | 'createAdministratorSession'
  | 'administratorSession'
  | 'endAdministratorSession'
  | 'portalSession'
  | 'livePortalSessions'
  | 'portalSessionSeen'
  | 'savePasskeyChallenge'
  | 'takePasskeyChallenge'
  | 'passkeyByCredential'
  | 'endPortalSession'
> {
  return {
    administratorByEmail: async (email) => {
      const [row] = await transaction
        .select()
        .from(administrators)
        .where(sql`lower(${administrators.email}) = ${email.trim().toLowerCase()}`);
      return row ?? null;
    },
    createAdministratorSession: async (session) => {
      await transaction.insert(administratorSessions).values(session);
    },
    administratorSession: async (tokenHash, now) => {
      const [row] = await transaction
        .select({ session: administratorSessions, administrator: administrators })
        .from(administratorSessions)
        .innerJoin(
          administrators,
          and(
            eq(administrators.organisationId, administratorSessions.organisationId),
            eq(administrators.id, administratorSessions.subjectId),
          ),
        )
        .where(
          and(
            eq(administratorSessions.tokenHash, tokenHash),
            gt(administratorSessions.expiresAt, now),
          ),
        );
      if (row === undefined) return null;
      return { session: toSession(row.session), administrator: row.administrator };
    },
    endAdministratorSession: async (tokenHash) => {
      await transaction
        .delete(administratorSessions)
        .where(eq(administratorSessions.tokenHash, tokenHash));
    },
    livePortalSessions: async (tokenHashes, now) => {
      if (tokenHashes.length === 0) return new Set();
      const rows = await transaction
        .select({ tokenHash: portalSessions.tokenHash })
        .from(portalSessions)
        .where(
          and(
            inArray(portalSessions.tokenHash, [...tokenHashes]),
            gt(portalSessions.expiresAt, now),
          ),
        );
      return new Set(rows.map((row) => row.tokenHash));
    },
    portalSession: async (tokenHash, now) => {
      const [row] = await transaction
        .select()
        .from(portalSessions)
        .where(and(eq(portalSessions.tokenHash, tokenHash), gt(portalSessions.expiresAt, now)));
      if (row === undefined) return null;
      const { method, device, network, lastSeenAt } = row;
      return {
        ...toSession(row),
        method,
        device,
        network,
        lastSeenAt: lastSeenAt ?? row.createdAt,
      };
    },
    portalSessionSeen: async (tokenHash, now) => {
      await transaction
        .update(portalSessions)
        .set({ lastSeenAt: now })
        .where(eq(portalSessions.tokenHash, tokenHash));
    },
    savePasskeyChallenge: async (challenge, now) => {
      await transaction.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, now));
      await transaction.insert(passkeyChallenges).values(challenge);
    },
    takePasskeyChallenge: async (challengeHash) => {
      const [row] = await transaction
        .delete(passkeyChallenges)
        .where(eq(passkeyChallenges.challengeHash, challengeHash))
        .returning();
      return row ?? null;
    },
    passkeyByCredential: async (credentialId) => {
      const [row] = await transaction
        .select()
        .from(passkeys)
        .where(eq(passkeys.credentialId, credentialId));
      if (row === undefined) return null;
      const { organisationId, ...passkey } = row;
      return { organisationId, passkey };
    },
    endPortalSession: async (tokenHash) => {
      await transaction.delete(portalSessions).where(eq(portalSessions.tokenHash, tokenHash));
    },
  };
}

/** Logins and client addresses of whoever tries are nobody's business: they are only told apart. */
function attemptKey(key: string): string {
  return hash('sha256', key, 'base64url');
}

function installation(
  transaction: Transaction,
): Pick<
  SystemRepositories,
  | 'countAttempt'
  | 'forgetAttempts'
  | 'setUpToken'
  | 'saveSetUpToken'
  | 'hasAdministrators'
  | 'pushKeys'
  | 'savePushKeys'
> {
  return {
    countAttempt: async (given, now, window) => {
      const key = attemptKey(given);
      // In turn, else a hundred guesses at once would each count none before them.
      await takeTurn(transaction, `attempt:${key}`);
      const ofKey = eq(signInAttempts.key, key);
      await transaction
        .delete(signInAttempts)
        .where(and(ofKey, lt(signInAttempts.at, now - window)));
      const [row] = await transaction
        .select({ before: count() })
        .from(signInAttempts)
        .where(and(ofKey, gte(signInAttempts.at, now - window)));
      await transaction.insert(signInAttempts).values({ key, at: now });
      return row?.before ?? 0;
    },
    forgetAttempts: async ({ all, latest }) => {
      for (const key of all.map(attemptKey)) {
        await takeTurn(transaction, `attempt:${key}`);
        await transaction.delete(signInAttempts).where(eq(signInAttempts.key, key));
      }
      for (const key of latest.map(attemptKey)) {
        // In turn, else two people who come in at once take back the same attempt.
        await takeTurn(transaction, `attempt:${key}`);
        await transaction.execute(sql`
          delete from sign_in_attempts where id = (
            select id from sign_in_attempts where key = ${key} order by id desc limit 1)`);
      }
    },
    setUpToken: async () => {
      const [row] = await transaction
        .select({ tokenHash: setUpTokens.tokenHash, expiresAt: setUpTokens.expiresAt })
        .from(setUpTokens);
      return row ?? null;
    },
    saveSetUpToken: async (token) => {
      await transaction.delete(setUpTokens);
      if (token !== null) await transaction.insert(setUpTokens).values(token);
    },
    hasAdministrators: async () => {
      const rows = await transaction
        .select({ id: administrators.id })
        .from(administrators)
        .limit(1);
      return rows.length > 0;
    },
    pushKeys: async () => {
      const [row] = await transaction.select().from(pushKeys);
      if (row === undefined) return null;
      const { isOnly: _only, ...keys } = row;
      return keys;
    },
    savePushKeys: async (keys) => {
      await transaction
        .insert(pushKeys)
        .values({ isOnly: true, ...keys })
        .onConflictDoNothing();
    },
  };
}
