import { MINUTE } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';

/** Sign-in attempts are counted over this long. Unit: milliseconds. */
export const SIGN_IN_WINDOW = 15 * MINUTE;
/** Attempts for one e-mail address within the window, right or wrong. */
export const SIGN_IN_ATTEMPTS_PER_EMAIL = 10;
/** Attempts from one IP address within the window: an office behind one address still gets in. */
export const SIGN_IN_ATTEMPTS_PER_IP = 50;
/** Tries of a set-up link from one IP address within the window. */
export const SET_UP_ATTEMPTS_PER_IP = 20;

export interface AttemptLimit {
  /** What is counted, e.g. `admin-sign-in:email:ada@contoso.example`. */
  readonly key: string;
  readonly most: number;
}

/**
 * Counts one attempt against every limit, in a transaction of its own so that a failed attempt is counted as well.
 * Refuses with `session.too-many-attempts`.
 */
export async function countAttempts(ports: Ports, limits: readonly AttemptLimit[]): Promise<void> {
  const now = ports.clock.now();
  const exceeded = await ports.database.acrossOrganisations(async (system) => {
    let over = false;
    for (const { key, most } of limits) {
      if ((await system.countAttempt(key, now, SIGN_IN_WINDOW)) >= most) over = true;
    }
    return over;
  });
  if (!exceeded) return;
  throw new Refusal(
    'session.too-many-attempts',
    'Too many attempts. Wait 15 minutes, then try again. Mail is not affected.',
  );
}
