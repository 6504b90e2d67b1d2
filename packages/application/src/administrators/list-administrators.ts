import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import type { AdministratorRecord, InvitationRecord } from '../records/people.ts';

export interface AdministratorsReading {
  readonly administrators: readonly AdministratorRecord[];
  /** Not accepted yet; those that have run out among them, until they are taken back or sent anew. */
  readonly invitations: readonly InvitationRecord[];
}

/** Who administers, and who is asked to. */
export async function listAdministrators(
  ports: Ports,
  { organisationId }: Actor,
): Promise<AdministratorsReading> {
  return ports.database.withinOrganisation(organisationId, async (r) => ({
    administrators: await r.accounts.administrators(),
    invitations: await r.administrators.invitations(),
  }));
}
