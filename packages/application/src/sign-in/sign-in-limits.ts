import { clientNetwork, MINUTE } from '@holdfast/domain';
import type { AttemptLimit } from '../sessions/attempt-limits.ts';

/** Wrong attempts for one login from one network within a quarter of an hour: what a guesser meets first. */
export const ATTEMPTS_PER_LOGIN_AND_CLIENT = 10;
/**
 * Wrong attempts from one network within a quarter of an hour. Hundreds of people behind one address mistype on the same
 * morning; right ones take theirs back.
 */
export const ATTEMPTS_PER_CLIENT = 600;
/** Wrong attempts for one login from everywhere: high, so that a stranger cannot keep a user out during an outage. */
export const ATTEMPTS_PER_LOGIN = 100;

/** Messages with a way in for one login, asked for from one network within a quarter of an hour. */
export const WAYS_IN_PER_LOGIN_AND_CLIENT = 5;
/** Such messages asked for from one network: all of an office within a quarter of an hour. */
export const WAYS_IN_PER_CLIENT = 600;
/**
 * Such messages for one login within a quarter of an hour, from everywhere: text messages cost money and can be used to
 * annoy. No longer than a link works, so that a stranger who uses them up has had links sent to the user that still work.
 */
export const WAYS_IN_PER_LOGIN = 6;

/** Unit: milliseconds. */
const WINDOW = 15 * MINUTE;

type Limits = readonly [AttemptLimit, ...AttemptLimit[]];

/**
 * For codes and links that were sent: one guess is one guess, whichever way. Nothing counts over all networks, since
 * strangers can guess neither (`decideSignInCode`): so nobody keeps a user out of this way from elsewhere.
 */
export function sentWayLimits(login: string, ip: string): Limits {
  const network = clientNetwork(ip);
  return [
    {
      key: `portal-login-client:${login} ${network}`,
      most: ATTEMPTS_PER_LOGIN_AND_CLIENT,
      window: WINDOW,
    },
    { key: `portal-client:${network}`, most: ATTEMPTS_PER_CLIENT, window: WINDOW },
  ];
}

/** For what is typed as a password. */
export function passwordLimits(login: string, ip: string): Limits {
  return [
    ...sentWayLimits(login, ip),
    { key: `portal-login:${login}`, most: ATTEMPTS_PER_LOGIN, window: WINDOW },
  ];
}

export function wayInLimits(login: string, ip: string): Limits {
  const network = clientNetwork(ip);
  return [
    {
      key: `way-in-login-client:${login} ${network}`,
      most: WAYS_IN_PER_LOGIN_AND_CLIENT,
      window: WINDOW,
    },
    { key: `way-in-client:${network}`, most: WAYS_IN_PER_CLIENT, window: WINDOW },
    { key: `way-in-login:${login}`, most: WAYS_IN_PER_LOGIN, window: WINDOW },
  ];
}
