import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';
import type { AccountChangeRecord } from '../records/account-changes.ts';
import type { OrganisationRecord } from '../records/organisation.ts';
import type { DirectoryRecord } from '../records/people.ts';

export interface ChangeSubject {
  readonly organisation: OrganisationRecord;
  readonly user: DirectoryRecord;
  readonly change: AccountChangeRecord;
}

/** The change behind a *Not me* link, in one transaction of its organisation. Refuses: `info.link-invalid`. */
export async function withChange<T>(
  ports: Ports,
  token: string,
  work: (subject: ChangeSubject, repositories: OrganisationRepositories) => Promise<T>,
): Promise<T> {
  const found = await ports.database.acrossOrganisations((system) =>
    system.accountChangeByToken(ports.secrets.hashToken(token)),
  );
  if (found === null) throw linkOver();
  return ports.database.withinOrganisation(found.organisationId, async (repositories) => {
    const change = await repositories.accountChanges.lock(found.id);
    const user = change === null ? null : await repositories.directory.get(change.userId);
    if (change === null || user === null || change.expiresAt <= ports.clock.now()) throw linkOver();
    const organisation = await repositories.organisation.get();
    return work({ organisation, user, change }, repositories);
  });
}

function linkOver(): Refusal {
  return new Refusal(
    'info.link-invalid',
    'This link is no longer valid. Somebody has to know if you did not make the change.',
  );
}

/** What the page shows. Nothing happens on looking: mail scanners follow links. */
export async function openChange(
  ports: Ports,
  input: { readonly token: string },
): Promise<ChangeSubject> {
  return withChange(ports, input.token, (subject) => Promise.resolve(subject));
}
