import { DAY, MINUTE } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';

/** Sign-in attempts are counted over this long. Unit: milliseconds. */
export const SIGN_IN_WINDOW = 15 * MINUTE;
/** Wrong attempts for one e-mail address from one IP address within the window: what a guesser meets first. */
export const SIGN_IN_ATTEMPTS_PER_EMAIL_AND_IP = 10;
/** Attempts from one IP address within the window: an office behind one address still gets in. */
export const SIGN_IN_ATTEMPTS_PER_IP = 50;
/**
 * Attempts for one e-mail address from everywhere within the window. High, so that a stranger who types wrong passwords
 * cannot keep the administrator out on the day of an outage; it slows down a guesser who has many addresses.
 */
export const SIGN_IN_ATTEMPTS_PER_EMAIL = 200;
/** Tries of a set-up link from one IP address within the window. */
export const SET_UP_ATTEMPTS_PER_IP = 20;

/** The longest window of any limit: what is older counts nowhere and goes. Unit: milliseconds. */
export const ATTEMPTS_KEPT_FOR = DAY;

export interface AttemptLimit {
  /** What is counted, e.g. `admin-sign-in:email:ada@contoso.example`. */
  readonly key: string;
  readonly most: number;
  /** Milliseconds; absent: `SIGN_IN_WINDOW`. */
  readonly window?: number;
}

/**
 * Counts one attempt against every limit, in a transaction of its own so that a failed attempt is counted as well.
 * True: at least one limit was reached before.
 */
export async function exceedsLimits(
  ports: Ports,
  limits: readonly AttemptLimit[],
): Promise<boolean> {
  const now = ports.clock.now();
  return ports.database.acrossOrganisations(async (system) => {
    let over = false;
    for (const { key, most, window = SIGN_IN_WINDOW } of limits) {
      if ((await system.countAttempt(key, now, window)) >= most) over = true;
    }
    return over;
  });
}

/**
 * A right password takes its count back, so that only wrong ones add up: everything of this person from this address, and
 * the one attempt of the wider limits. Guesses of others from the same address stay counted.
 */
export async function forgiveAttempts(
  ports: Ports,
  [own, ...wider]: readonly [AttemptLimit, ...AttemptLimit[]],
): Promise<void> {
  await ports.database.acrossOrganisations((system) =>
    system.forgetAttempts({ all: [own.key], latest: wider.map(({ key }) => key) }),
  );
}

/** The same for administrators. Refuses with `session.too-many-attempts`. */
export async function countAttempts(ports: Ports, limits: readonly AttemptLimit[]): Promise<void> {
  if (!(await exceedsLimits(ports, limits))) return;
  throw new Refusal(
    'session.too-many-attempts',
    'Too many attempts. Wait 15 minutes, then try again. Mail is not affected.',
  );
}
