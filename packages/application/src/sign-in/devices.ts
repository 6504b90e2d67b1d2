import { auditEntry } from '../audit-entry.ts';
import type { Actor } from '../actor.ts';
import type { UserActor } from '../mailbox/user-access.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { refuseHelpdeskSession } from './own-session.ts';

/**
 * Signs one of the user's devices out, or all but this one. Its next request finds no session.
 * Refuses: `session.not-with-helpdesk-code`.
 */
export async function endDevices(
  ports: Ports,
  actor: UserActor,
  /** Id of a session, or `others`. */
  input: { readonly device: string },
): Promise<{ readonly ended: number }> {
  return ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    await refuseHelpdeskSession(ports, repositories, actor);
    const { signIn, audit } = repositories;
    const ended =
      input.device === 'others'
        ? await signIn.endDevices(actor.userId, actor.sessionId)
        : Number(await signIn.endDevice(actor.userId, input.device));
    if (ended > 0) {
      await audit.append(
        auditEntry(ports, actor, 'portal.devices-signed-out', actor.userId, { ended }),
      );
    }
    return { ended };
  });
}

/** An administrator signs a user out everywhere: a lost phone, an account in wrong hands. Refuses: `users.unknown`. */
export async function endUserSessions(
  ports: Ports,
  actor: Actor,
  input: { readonly userId: string },
): Promise<{ readonly ended: number }> {
  return ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const { directory, signIn, audit } = repositories;
    const user = await directory.get(input.userId);
    if (user === null)
      throw new Refusal('users.unknown', 'That user is not in the directory any more.');
    const ended = await signIn.endDevices(user.id, null);
    await signIn.endCodes(user.id, ports.clock.now());
    await audit.append(
      auditEntry(ports, actor, 'portal.sessions-ended', user.primaryAddress, { ended }),
    );
    return { ended };
  });
}
