import { findUserSession, Refusal, type Ports, type UserActor } from '@holdfast/application';
import type { Request } from 'express';
import { clientIp } from './client-ip.ts';
import type { SessionCookie } from './session-cookie.ts';

interface PortalSession {
  readonly actor: UserActor | null;
  readonly mustChoosePassword: boolean;
}

/** Who a request comes from, by its cookie. */
export async function findPortalSession(
  ports: Ports,
  cookie: SessionCookie,
  request: Request,
): Promise<PortalSession> {
  const token = cookie.read(request);
  const found =
    token === null ? null : await findUserSession(ports, { token, ip: clientIp(request) });
  return found ?? { actor: null, mustChoosePassword: false };
}

/** For what shows or takes mail outside the API. Throws `session.required` and `session.must-choose-password`. */
export async function requireMailboxUser(
  ports: Ports,
  cookie: SessionCookie,
  request: Request,
): Promise<UserActor> {
  const { actor, mustChoosePassword } = await findPortalSession(ports, cookie, request);
  if (actor === null) throw new Refusal('session.required', 'Sign in to go on.');
  if (mustChoosePassword) {
    throw new Refusal('session.must-choose-password', 'Choose a password of your own first.');
  }
  return actor;
}
