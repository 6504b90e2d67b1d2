import type { SignInMethod } from '@holdfast/domain';
import { standingOf } from '../drills/open-drill.ts';
import { temporaryPasswordMac } from '../events/send-notices.ts';
import { isAdmitted } from '../mailbox/user-access.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { forgiveAttempts } from '../sessions/attempt-limits.ts';
import { randomToken } from '../sessions/random-token.ts';
import { useHelpdeskCode } from './helpdesk-code.ts';
import { limitAttempts, readLogin, wrongCredentials, type Visitor } from './login.ts';
import { openUserSession, type UserSession } from './open-user-session.ts';
import { useRecoveryCode } from './recovery-codes.ts';
import { passwordLimits } from './sign-in-limits.ts';

/**
 * Login and a password of one's own; or what works once: the temporary password of a running event, a code that the
 * helpdesk has read out, a recovery code. The same
 * sentence for every failure: a typed login never reveals whether it exists. Nothing of it touches Microsoft.
 */
export async function signInUser(
  ports: Ports,
  input: { readonly login: string; readonly password: string } & Visitor,
): Promise<UserSession> {
  const login = readLogin(input.login);
  const limits = passwordLimits(login, input.ip);
  await limitAttempts(ports, limits);
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
  const { organisationId, userId } = found;
  const token = randomToken(ports.identifiers);
  const session = await ports.database.withinOrganisation(organisationId, async (repositories) => {
    const user = await repositories.directory.get(userId);
    if (user === null || !isAdmitted(user)) throw wrongCredentials();
    const method =
      known && account?.passwordHash != null
        ? 'password'
        : await useTyped(ports, repositories, userId, input.password);
    if (method === null) throw wrongCredentials();
    return openUserSession(ports, repositories, {
      user,
      organisationId,
      token,
      method,
      visitor: input,
    });
  });
  await forgiveAttempts(ports, limits);
  return session;
}

let decoyHash: Promise<string> | null = null;
async function decoy(ports: Ports): Promise<string> {
  decoyHash ??= ports.secrets.hashPassword('nobody has this password');
  return decoyHash;
}

/** What else people type there: each works once. */
async function useTyped(
  ports: Ports,
  repositories: OrganisationRepositories,
  userId: string,
  typed: string,
): Promise<SignInMethod | null> {
  if (await useTemporaryPassword(ports, repositories, userId, typed)) return 'temporary-password';
  if (await useHelpdeskCode(ports, repositories, userId, typed)) return 'helpdesk-code';
  if (await useRecoveryCode(ports, repositories, userId, typed)) return 'recovery-code';
  return null;
}

async function useTemporaryPassword(
  ports: Ports,
  repositories: OrganisationRepositories,
  userId: string,
  password: string,
): Promise<boolean> {
  const now = ports.clock.now();
  const mac = temporaryPasswordMac(ports, userId, password);
  const { access, event, drill } = await standingOf(ports, repositories, userId);
  if (drill !== null && access === 'drill')
    return repositories.drills.usePassword(drill.id, userId, mac, now);
  if (event === null || event.phase === 'closed') return false;
  const credentials = await repositories.events.credentials(event.id, userId);
  const match = credentials.find(
    (credential) =>
      credential.usedAt === null &&
      credential.expiresAt > now &&
      ports.secrets.equal(credential.passwordMac, mac),
  );
  return match !== undefined && repositories.events.useCredential(match, now);
}
