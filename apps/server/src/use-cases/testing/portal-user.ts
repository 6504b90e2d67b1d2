import { findUserSession, type UserActor, type UserSession } from '@holdfast/application';
import { DAY } from '@holdfast/domain';
import { randomUUID } from 'node:crypto';
import type { World } from './world.ts';

export const PASSWORD = 'a sentence that nobody guesses';

/** The user behind a session that was just opened; throws when it is none. */
export async function actorOf(world: World, { token }: UserSession): Promise<UserActor> {
  const found = await findUserSession(world.ports, { token, ip: '192.0.2.1' });
  if (found === null) throw new Error('the session is over');
  return found.actor;
}

/** A session that is simply there, whatever the sign-in would have said. */
export async function leaveSession(
  world: World,
  organisationId: string,
  userId: string,
  { token, ...change }: { readonly token: string; readonly method?: 'temporary-password' },
): Promise<UserActor> {
  const sessionId = randomUUID();
  const now = world.ports.clock.now();
  await world.ports.database.withinOrganisation(organisationId, ({ accounts }) =>
    accounts.createPortalSession({
      id: sessionId,
      organisationId,
      subjectId: userId,
      createdAt: now,
      expiresAt: now + 7 * DAY,
      mustChoosePassword: change.method === 'temporary-password',
      method: 'password',
      device: 'Phone',
      network: null,
      lastSeenAt: now,
      tokenHash: world.ports.secrets.hashToken(token),
      ...change,
    }),
  );
  return { kind: 'user', organisationId, userId, sessionId, ip: '192.0.2.1' };
}

/** As if the user had chosen it long ago. */
export async function givePassword(
  world: World,
  organisationId: string,
  userId: string,
): Promise<void> {
  const hash = await world.ports.secrets.hashPassword(PASSWORD);
  await world.ports.database.withinOrganisation(organisationId, ({ accounts }) =>
    accounts.savePortalPassword(userId, hash),
  );
}
