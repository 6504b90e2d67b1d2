import type { UserActor } from '../mailbox/user-access.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { DeviceRecord } from '../records/sign-in.ts';
import { Refusal } from '../refusal.ts';

/** The session that asks; null when it was ended meanwhile. */
export async function ownSession(
  ports: Ports,
  { signIn }: Pick<OrganisationRepositories, 'signIn'>,
  actor: UserActor,
): Promise<DeviceRecord | null> {
  const devices = await signIn.devices(actor.userId, ports.clock.now());
  return devices.find(({ id }) => id === actor.sessionId) ?? null;
}

/**
 * Whoever came in by the helpdesk's code may add a way of their own and take none away from anybody: otherwise the one
 * who made the code could put the user out. Throws `session.not-with-helpdesk-code`.
 */
export async function refuseHelpdeskSession(
  ports: Ports,
  repositories: Pick<OrganisationRepositories, 'signIn'>,
  actor: UserActor,
): Promise<void> {
  const session = await ownSession(ports, repositories, actor);
  if (session === null) throw new Refusal('session.required', 'Sign in to go on.');
  if (session.method !== 'helpdesk-code') return;
  throw new Refusal(
    'session.not-with-helpdesk-code',
    'You are signed in with a code from the helpdesk, which lets nobody take anything away. Sign in in another way first, such as the password that you have chosen.',
  );
}
