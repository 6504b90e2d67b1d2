import { isProtectableDomain } from '@holdfast/domain';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';
import type { DomainRecord } from '../records/organisation.ts';

/** A domain whose MX may point here. Refuses: `domains.unknown`, `domains.initial`. */
export async function findProtectableDomain(
  r: Pick<OrganisationRepositories, 'domains'>,
  name: string,
): Promise<DomainRecord> {
  const domain = await r.domains.get(name);
  if (domain === null) {
    throw new Refusal(
      'domains.unknown',
      `${name} is not a domain of your tenant. Refresh mailboxes if it was added in Office 365 just now.`,
    );
  }
  if (!isProtectableDomain(domain)) {
    throw new Refusal(
      'domains.initial',
      domain.isInitial
        ? `${name} belongs to Microsoft: its MX records cannot be changed, so there is nothing to set up.`
        : `${name} is not verified for mail in Office 365, so there is nothing to set up yet.`,
    );
  }
  return domain;
}
