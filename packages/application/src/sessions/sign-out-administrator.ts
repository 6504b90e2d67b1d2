import type { Actor } from '../actor.ts';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';

/** Ends the session behind this token; a token that is gone already is no error. */
export async function signOutAdministrator(
  ports: Ports,
  actor: Extract<Actor, { kind: 'administrator' }>,
  input: { readonly token: string },
): Promise<void> {
  const tokenHash = ports.secrets.hashToken(input.token);
  await ports.database.acrossOrganisations((system) => system.endAdministratorSession(tokenHash));
  await ports.database.withinOrganisation(actor.organisationId, async ({ audit }) => {
    await audit.append(auditEntry(ports, actor, 'administrator.signed-out', actor.email));
  });
}
