import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import { readUsers, type UserReading } from './list-users.ts';

/** The whole directory, by address, for CSV and the command line. Channel values are in clear: mask them. */
export async function exportUsers(ports: Ports, actor: Actor): Promise<readonly UserReading[]> {
  return ports.database.withinOrganisation(actor.organisationId, async (r) => {
    const users = [...(await r.directory.all())];
    users.sort((a, b) => (a.primaryAddress < b.primaryAddress ? -1 : 1));
    return readUsers(r, users);
  });
}
