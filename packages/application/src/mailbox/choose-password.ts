import type { Ports } from '../ports.ts';
import type { UserActor } from './user-access.ts';

/** Replaces the temporary password by one of the user's own; the session goes on. */
export async function choosePassword(
  ports: Ports,
  actor: UserActor,
  input: { readonly password: string },
): Promise<void> {
  const passwordHash = await ports.secrets.hashPassword(input.password);
  await ports.database.withinOrganisation(actor.organisationId, async ({ accounts, audit }) => {
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
  });
}
