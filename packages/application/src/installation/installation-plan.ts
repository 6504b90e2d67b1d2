import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { connectionMissing } from '../organisations/open-credentials.ts';
import { Refusal } from '../refusal.ts';
import type { OrganisationRecord } from '../records/organisation.ts';
import { chooseUsers, type Chosen, type UserChoice } from '../users/choose-users.ts';

export interface InstallChoice {
  readonly protect: UserChoice;
  /** Enable Email Continuity for new users automatically. */
  readonly protectNewUsers: boolean;
}

/**
 * Who would be protected. Refuses: `plan.not-included`, `connection.missing`, `installation.directory-missing`,
 * `users.unknown`.
 */
export async function planInstallation(
  r: OrganisationRepositories,
  organisation: OrganisationRecord,
  choice: InstallChoice,
): Promise<Chosen> {
  if (!organisation.plan.continuity) {
    throw new Refusal(
      'plan.not-included',
      `Email Continuity is not part of your plan (${organisation.plan.name}).`,
    );
  }
  if ((await r.connection.get()) === null) throw connectionMissing();
  if (organisation.directorySyncedAt === null) {
    throw new Refusal(
      'installation.directory-missing',
      'The users of Office 365 are not known yet. Refresh mailboxes first.',
    );
  }
  return chooseUsers(r, choice.protect);
}
