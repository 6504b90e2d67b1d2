import { clientNetwork, HOUR, MINUTE } from '@holdfast/domain';
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
/** Such messages for one login within an hour, from everywhere: text messages cost money and can be used to annoy. */
export const WAYS_IN_PER_LOGIN = 12;

const ATTEMPTS_WINDOW = 15 * MINUTE;
const WAYS_IN_WINDOW = HOUR;

type Limits = readonly [AttemptLimit, ...AttemptLimit[]];

/** For everything that is typed or opened to get in: password, code, link. One guess is one guess, whichever way. */
export function signInLimits(login: string, ip: string): Limits {
  const network = clientNetwork(ip);
  return [
    {
      key: `portal-login-client:${login} ${network}`,
      most: ATTEMPTS_PER_LOGIN_AND_CLIENT,
      window: ATTEMPTS_WINDOW,
    },
    { key: `portal-client:${network}`, most: ATTEMPTS_PER_CLIENT, window: ATTEMPTS_WINDOW },
    { key: `portal-login:${login}`, most: ATTEMPTS_PER_LOGIN, window: ATTEMPTS_WINDOW },
  ];
}

export function wayInLimits(login: string, ip: string): Limits {
  const network = clientNetwork(ip);
  return [
    {
      key: `way-in-login-client:${login} ${network}`,
      most: WAYS_IN_PER_LOGIN_AND_CLIENT,
      window: ATTEMPTS_WINDOW,
    },
    { key: `way-in-client:${network}`, most: WAYS_IN_PER_CLIENT, window: ATTEMPTS_WINDOW },
    { key: `way-in-login:${login}`, most: WAYS_IN_PER_LOGIN, window: WAYS_IN_WINDOW },
  ];
}
