import type { Plan } from '@holdfast/domain';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import type { OrganisationRecord } from '../records/organisation.ts';
import { newOrganisation } from './new-organisation.ts';

export interface CreateOrganisationInput {
  readonly name: string;
  readonly plan?: Plan;
  /** Its first administrator, made with it; without one the organisation has none yet. */
  readonly owner?: { readonly name: string; readonly email: string; readonly password: string };
}

/** Makes an organisation from the command line. Refuses: `input.invalid` for an empty name or a known e-mail address. */
export async function createOrganisation(
  ports: Ports,
  input: CreateOrganisationInput,
): Promise<OrganisationRecord> {
  if (input.name.trim() === '') {
    throw new Refusal('input.invalid', 'Name the organisation.', { name: 'Say a name.' });
  }
  const { owner } = input;
  const email = owner?.email.trim().toLowerCase() ?? null;
  const passwordHash =
    owner === undefined ? null : await ports.secrets.hashPassword(owner.password);
  const organisation = newOrganisation(ports, input);
  await ports.database.acrossOrganisations(async (system) => {
    if (email !== null && (await system.administratorByEmail(email)) !== null) {
      throw new Refusal('input.invalid', `${email} is an administrator already. Use another one.`, {
        email: 'In use already.',
      });
    }
    await system.createOrganisation(organisation);
  });
  const actor = { kind: 'command-line', organisationId: organisation.id } as const;
  await ports.database.withinOrganisation(organisation.id, async (r) => {
    if (owner !== undefined && email !== null && passwordHash !== null) {
      await r.accounts.addAdministrator({
        id: ports.identifiers.uuid(),
        organisationId: organisation.id,
        email,
        name: owner.name,
        role: 'owner',
        passwordHash,
        joinedAt: null,
      });
    }
    await r.audit.append(
      auditEntry(ports, actor, 'organisation.created', organisation.name, { owner: email }),
    );
  });
  return organisation;
}
