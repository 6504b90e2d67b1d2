import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';

/** Who holds this session token, or null when it is unknown, ended or has run out. */
export async function findAdministratorSession(
  ports: Ports,
  input: { readonly token: string; readonly ip: string },
): Promise<Extract<Actor, { kind: 'administrator' }> | null> {
  const tokenHash = ports.secrets.hashToken(input.token);
  const now = ports.clock.now();
  const found = await ports.database.acrossOrganisations((system) =>
    system.administratorSession(tokenHash, now),
  );
  if (found === null) return null;
  const { id: administratorId, organisationId, email, role } = found.administrator;
  return { kind: 'administrator', organisationId, administratorId, email, role, ip: input.ip };
}
