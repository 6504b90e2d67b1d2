import type { AdministratorRole } from '@holdfast/domain';
import { actorName, type Actor } from '../actor.ts';
import { sendToAdministrators } from '../domains/tell-administrators.ts';
import type { Job } from '../jobs.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { Ports } from '../ports.ts';

/** `role`: what somebody has from now on. */
export interface AdministratorsChange {
  readonly kind: 'invited' | 'role' | 'removed';
  readonly email: string;
  readonly role: AdministratorRole;
}

/**
 * Every administrator hears of a new one, within the transaction that makes one: a second person that somebody has made up
 * must not go unnoticed.
 */
export async function tellOfChange(
  ports: Pick<Ports, 'identifiers' | 'clock'>,
  { jobs }: Pick<OrganisationRepositories, 'jobs'>,
  actor: Actor,
  change: AdministratorsChange,
): Promise<void> {
  const id = ports.identifiers.uuid();
  await jobs.send({
    name: 'administrators.changed',
    payload: {
      organisationId: actor.organisationId,
      by: actorName(actor),
      at: ports.clock.now(),
      ...change,
    },
    id: `administrators.changed:${id}`,
    startAfter: null,
  });
}

/** Job `administrators.changed`. Repeated while nobody could be reached. */
export async function tellAdministratorsChanged(
  ports: Ports,
  job: Job<'administrators.changed'>,
): Promise<void> {
  const { at, by, email, kind, organisationId, role } = job.payload;
  const { name } = await ports.database.withinOrganisation(organisationId, (r) =>
    r.organisation.get(),
  );
  const words = ports.templates('en').administratorsChanged({
    organisation: name,
    by,
    email,
    kind,
    role,
    at: new Date(at).toISOString(),
    url: `${ports.settings.adminUrl.replace(/\/$/, '')}/settings`,
  });
  const { told, worthAnother, notice } = await sendToAdministrators(
    ports,
    organisationId,
    job.id,
    words,
  );
  if (told.length === 0 && worthAnother) throw new Error(notice);
}
