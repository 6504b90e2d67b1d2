import { parseAddress } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { exceedsLimits, type AttemptLimit } from '../sessions/attempt-limits.ts';

/** Who knocks: for limits, and for the list of devices. */
export interface Visitor {
  readonly ip: string;
  readonly userAgent: string | null;
}

/** A login is a work address; anything else is looked for all the same, so that it takes as long. */
export function readLogin(typed: string): string {
  return parseAddress(typed) ?? typed.trim().toLowerCase();
}

/** Refuses with `session.too-many-attempts`; the words are the same whoever the login belongs to. */
export async function limitAttempts(ports: Ports, limits: readonly AttemptLimit[]): Promise<void> {
  if (!(await exceedsLimits(ports, limits))) return;
  throw new Refusal(
    'session.too-many-attempts',
    'Too many attempts. Wait a quarter of an hour, then try again.',
  );
}

/** One sentence for every failure: which part was wrong is nobody's business. */
export function wrongCredentials(): Refusal {
  return new Refusal(
    'session.wrong-credentials',
    'Login or password is not right. Use your work address and the password from the message we sent you.',
  );
}
