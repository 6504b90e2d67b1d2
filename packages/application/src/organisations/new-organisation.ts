import type { Plan } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { OrganisationRecord } from '../records/organisation.ts';

/** What an organisation starts with when the operator names no plan. */
const DEFAULT_PLAN: Plan = { name: 'Continuity', continuity: true, seats: 1000 };

/** A new organisation with a key of its own, connected to nothing. */
export function newOrganisation(
  ports: Pick<Ports, 'clock' | 'identifiers' | 'secrets'>,
  input: { readonly name: string; readonly plan?: Plan },
): OrganisationRecord {
  const id = ports.identifiers.uuid();
  return {
    id,
    name: input.name.trim(),
    plan: input.plan ?? DEFAULT_PLAN,
    wrappedKey: ports.secrets.createOrganisationKey(id),
    installedAt: null,
    protectNewUsers: false,
    directorySyncedAt: null,
    syncGuardPercent: 10,
    listsCopiedAt: null,
    helpdesk: null,
    createdAt: ports.clock.now(),
  };
}
