import { DAY, type Instant } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import { randomToken } from './random-token.ts';

/** A set-up link works this long. Unit: milliseconds. */
export const SET_UP_LINK_VALID_FOR = DAY;

/**
 * A one-time link for the first administrator, to be printed where only the operator reads it. A new one replaces the
 * one before; its token stands behind the `#`, so that no proxy logs it. Null when there is an administrator already.
 */
export async function createSetUpLink(
  ports: Ports,
): Promise<{ readonly url: string; readonly token: string; readonly expiresAt: Instant } | null> {
  const token = randomToken(ports.identifiers);
  const expiresAt = ports.clock.now() + SET_UP_LINK_VALID_FOR;
  const created = await ports.database.acrossOrganisations(async (system) => {
    if (await system.hasAdministrators()) return false;
    await system.saveSetUpToken({ tokenHash: ports.secrets.hashToken(token), expiresAt });
    return true;
  });
  return created ? { url: `${ports.settings.adminUrl}/set-up#${token}`, token, expiresAt } : null;
}
