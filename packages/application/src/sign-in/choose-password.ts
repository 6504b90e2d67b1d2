import { noteChange, provenChannels } from '../account-changes/note-change.ts';
import type { Ports } from '../ports.ts';
import type { UserActor } from '../mailbox/user-access.ts';

/** Replaces the temporary password by one of the user's own, and has that told; the session goes on. */
export async function choosePassword(
  ports: Ports,
  actor: UserActor,
  input: { readonly password: string },
): Promise<void> {
  const passwordHash = await ports.secrets.hashPassword(input.password);
  await ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const { accounts, audit } = repositories;
    await accounts.savePortalPassword(actor.userId, passwordHash);
    await accounts.clearMustChoose(actor.sessionId);
    await audit.append({
      at: ports.clock.now(),
      actor: `user:${actor.userId}`,
      action: 'portal.password-chosen',
      subject: actor.userId,
      details: {},
      ip: actor.ip,
    });
    await noteChange(ports, repositories, await repositories.organisation.get(), {
      userId: actor.userId,
      change: { kind: 'password-chosen' },
      told: provenChannels(await repositories.channels.ofUser(actor.userId)),
    });
  });
}
