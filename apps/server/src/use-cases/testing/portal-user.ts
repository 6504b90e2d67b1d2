import { findUserSession, type UserActor, type UserSession } from '@holdfast/application';
import type { World } from './world.ts';

export const PASSWORD = 'a sentence that nobody guesses';

/** The user behind a session that was just opened; throws when it is none. */
export async function actorOf(world: World, { token }: UserSession): Promise<UserActor> {
  const found = await findUserSession(world.ports, { token, ip: '192.0.2.1' });
  if (found === null) throw new Error('the session is over');
  return found.actor;
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
