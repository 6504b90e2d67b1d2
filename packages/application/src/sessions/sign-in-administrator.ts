import { clientNetwork } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { Secrets } from '../ports/secrets.ts';
import { Refusal } from '../refusal.ts';
import {
  countAttempts,
  forgiveAttempts,
  SIGN_IN_ATTEMPTS_PER_EMAIL,
  SIGN_IN_ATTEMPTS_PER_EMAIL_AND_IP,
  SIGN_IN_ATTEMPTS_PER_IP,
} from './attempt-limits.ts';
import { openAdministratorSession, type OpenedSession } from './open-administrator-session.ts';

/** What an unknown address is verified against, so that the answer takes as long as for a known one. */
const standInHashes = new WeakMap<Secrets, Promise<string>>();

/**
 * Signs an administrator in by e-mail address and password. Attempts are limited by address and IP together, and by each alone; whether the
 * address exists shows neither in the words nor in the time. Refuses: `session.too-many-attempts`,
 * `session.wrong-credentials`.
 */
export async function signInAdministrator(
  ports: Ports,
  input: { readonly email: string; readonly password: string; readonly ip: string },
): Promise<OpenedSession> {
  const email = input.email.trim().toLowerCase();
  const network = clientNetwork(input.ip);
  const limits = [
    {
      key: `admin-sign-in:email-ip:${email} ${network}`,
      most: SIGN_IN_ATTEMPTS_PER_EMAIL_AND_IP,
    },
    { key: `admin-sign-in:email:${email}`, most: SIGN_IN_ATTEMPTS_PER_EMAIL },
    { key: `admin-sign-in:ip:${network}`, most: SIGN_IN_ATTEMPTS_PER_IP },
  ] as const;
  await countAttempts(ports, limits);
  const administrator = await ports.database.acrossOrganisations((system) =>
    system.administratorByEmail(email),
  );
  const standIn = await standInHash(ports.secrets);
  const right = await ports.secrets.verifyPassword(
    input.password,
    administrator?.passwordHash ?? standIn,
  );
  if (administrator === null || !right) {
    throw new Refusal(
      'session.wrong-credentials',
      'This e-mail address and password do not belong together. Check both and try again.',
    );
  }
  await forgiveAttempts(ports, limits);
  return openAdministratorSession(ports, administrator, input.ip);
}

function standInHash(secrets: Secrets): Promise<string> {
  const known = standInHashes.get(secrets);
  if (known !== undefined) return known;
  const made = secrets.hashPassword(secrets.randomDigits(20));
  standInHashes.set(secrets, made);
  return made;
}
