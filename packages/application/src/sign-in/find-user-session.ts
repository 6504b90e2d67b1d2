import { MINUTE } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import { isAdmitted, type UserActor } from '../mailbox/user-access.ts';

/** How exact "last seen" of a device is: a write for every request would be dear. */
const SEEN_EVERY = 5 * MINUTE;

/** The user behind a session token; null when it is unknown, over, or its user is no longer admitted. */
export async function findUserSession(
  ports: Ports,
  input: { readonly token: string; readonly ip: string },
): Promise<{ readonly actor: UserActor; readonly mustChoosePassword: boolean } | null> {
  const hash = ports.secrets.hashToken(input.token);
  const session = await ports.database.acrossOrganisations((system) =>
    system.portalSession(hash, ports.clock.now()),
  );
  if (session === null) return null;
  const user = await ports.database.withinOrganisation(session.organisationId, ({ directory }) =>
    directory.get(session.subjectId),
  );
  if (user === null || !isAdmitted(user)) return null;
  const now = ports.clock.now();
  if (now - session.lastSeenAt >= SEEN_EVERY)
    await ports.database.acrossOrganisations((system) => system.portalSessionSeen(hash, now));
  return {
    actor: {
      kind: 'user',
      organisationId: session.organisationId,
      userId: session.subjectId,
      sessionId: session.id,
      ip: input.ip,
    },
    mustChoosePassword: session.mustChoosePassword,
  };
}

export async function signOutUser(ports: Ports, input: { readonly token: string }): Promise<void> {
  const hash = ports.secrets.hashToken(input.token);
  await ports.database.acrossOrganisations((system) => system.endPortalSession(hash));
}
