import { HOUR, parseAddress } from '@holdfast/domain';
import { temporaryPasswordMac } from '../events/send-notices.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { DirectoryRecord } from '../records/people.ts';
import { Refusal } from '../refusal.ts';
import { refreshContactState } from '../alternate-info/change-channel.ts';
import { exceedsLimits, forgiveAttempts } from '../sessions/attempt-limits.ts';
import { randomToken } from '../sessions/random-token.ts';
import { isAdmitted } from './user-access.ts';

export const USER_SESSION_TIME = 7 * 24 * HOUR;
/** Attempts for one login from one client address within `SIGN_IN_WINDOW`: what a guesser meets first. */
export const ATTEMPTS_PER_LOGIN_AND_CLIENT = 10;
/** Attempts from one client address within the window: an office behind one address shares them. */
export const ATTEMPTS_PER_CLIENT = 100;
/** Attempts for one login from everywhere: high, so that a stranger cannot keep a user out during an outage. */
export const ATTEMPTS_PER_LOGIN = 100;

export interface UserSession {
  readonly token: string;
  readonly expiresAt: number;
  readonly mustChoosePassword: boolean;
}

/**
 * Login and a password of one's own, or login and the temporary password of a running event (single use). The same
 * sentence for every failure: a typed login never reveals whether it exists. Nothing of it touches Microsoft.
 */
export async function signInUser(
  ports: Ports,
  input: { readonly login: string; readonly password: string; readonly ip: string },
): Promise<UserSession> {
  const login = parseAddress(input.login) ?? input.login.trim().toLowerCase();
  await limitAttempts(ports, login, input.ip);
  const found = await ports.database.acrossOrganisations((system) =>
    system.protectedUserByAddress(login),
  );
  const account =
    found === null
      ? null
      : await ports.database.withinOrganisation(found.organisationId, ({ accounts }) =>
          accounts.portalAccount(found.userId),
        );
  // The slow hash is computed in every case, so that the time taken tells nothing.
  const known = await ports.secrets.verifyPassword(
    input.password,
    account?.passwordHash ?? (await decoy(ports)),
  );
  if (found === null) throw wrongCredentials();
  const token = randomToken(ports.identifiers);
  const session = await ports.database.withinOrganisation(
    found.organisationId,
    async (repositories) => {
      const user = await repositories.directory.get(found.userId);
      if (user === null || !isAdmitted(user)) throw wrongCredentials();
      const own = known && account?.passwordHash != null;
      const temporary =
        !own && (await useTemporaryPassword(ports, repositories, user.id, input.password));
      if (!own && !temporary) throw wrongCredentials();
      return openSession(ports, repositories, user, found.organisationId, token, temporary);
    },
  );
  await forgiveAttempts(ports, limitsOf(login, input.ip));
  return session;
}

function limitsOf(login: string, ip: string) {
  return [
    { key: `portal-login-client:${login} ${ip}`, most: ATTEMPTS_PER_LOGIN_AND_CLIENT },
    { key: `portal-client:${ip}`, most: ATTEMPTS_PER_CLIENT },
    { key: `portal-login:${login}`, most: ATTEMPTS_PER_LOGIN },
  ] as const;
}

async function limitAttempts(ports: Ports, login: string, ip: string): Promise<void> {
  const exceeded = await exceedsLimits(ports, limitsOf(login, ip));
  if (!exceeded) return;
  throw new Refusal(
    'session.too-many-attempts',
    'Too many attempts. Wait a quarter of an hour, then try again.',
  );
}

function wrongCredentials(): Refusal {
  return new Refusal(
    'session.wrong-credentials',
    'Login or password is not right. Use your work address and the password from the message we sent you.',
  );
}

let decoyHash: Promise<string> | null = null;
async function decoy(ports: Ports): Promise<string> {
  decoyHash ??= ports.secrets.hashPassword('nobody has this password');
  return decoyHash;
}

async function useTemporaryPassword(
  ports: Ports,
  repositories: OrganisationRepositories,
  userId: string,
  password: string,
): Promise<boolean> {
  const event = await repositories.events.current();
  if (event === null || event.phase === 'closed') return false;
  const now = ports.clock.now();
  const mac = temporaryPasswordMac(ports, userId, password);
  const credentials = await repositories.events.credentials(event.id, userId);
  const match = credentials.find(
    (credential) =>
      credential.usedAt === null &&
      credential.expiresAt > now &&
      ports.secrets.equal(credential.passwordMac, mac),
  );
  if (match === undefined) return false;
  await repositories.events.saveCredential({ ...match, usedAt: now });
  return true;
}

async function openSession(
  ports: Ports,
  repositories: OrganisationRepositories,
  user: DirectoryRecord,
  organisationId: string,
  token: string,
  mustChoosePassword: boolean,
): Promise<UserSession> {
  const now = ports.clock.now();
  const expiresAt = now + USER_SESSION_TIME;
  await repositories.accounts.createPortalSession({
    id: ports.identifiers.uuid(),
    organisationId,
    subjectId: user.id,
    createdAt: now,
    expiresAt,
    mustChoosePassword,
    tokenHash: ports.secrets.hashToken(token),
  });
  await repositories.directory.saveContactState(user.id, {
    openedAt: user.openedAt ?? now,
    lastSignInAt: now,
  });
  await refreshContactState(repositories, user.id);
  const event = await repositories.events.current();
  if (event !== null && event.phase !== 'closed')
    await repositories.events.recordSignIn(event.id, user.id, now);
  await repositories.audit.append({
    at: now,
    actor: `user:${user.primaryAddress}`,
    action: 'portal.signed-in',
    subject: user.id,
    details: { temporaryPassword: mustChoosePassword },
    ip: null,
  });
  return { token, expiresAt, mustChoosePassword };
}
