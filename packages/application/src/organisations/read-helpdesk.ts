import type { HelpdeskContact } from '@holdfast/domain';
import type { Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';

/** Null: the organisation has not said whom to ask, and nobody is named. */
export async function readHelpdeskOf(
  ports: Pick<Ports, 'database'>,
  { organisationId }: Pick<Actor, 'organisationId'>,
): Promise<HelpdeskContact | null> {
  return ports.database.withinOrganisation(
    organisationId,
    async ({ organisation }) => (await organisation.get()).helpdesk,
  );
}

/**
 * Whom somebody can ask who is not known yet: at the sign-in, and behind a link that means nothing to us. With several
 * organisations on one installation nobody is named: it would be somebody else's helpdesk.
 */
export async function readCommonHelpdesk(
  ports: Pick<Ports, 'database'>,
): Promise<HelpdeskContact | null> {
  const [only, ...others] = await ports.database.acrossOrganisations((system) =>
    system.organisations(),
  );
  return only !== undefined && others.length === 0 ? only.helpdesk : null;
}
