import { decideRecipientList, isProtectableDomain } from '@holdfast/domain';
import type { CollectionState } from '../ports/repositories/directory-intake.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { DomainRecord } from '../records/organisation.ts';

/** Decides for each domain whether every recipient of it is known, and keeps that for the snapshot. */
export async function saveRecipientLists(
  r: Pick<OrganisationRepositories, 'domains' | 'directory' | 'intake'>,
): Promise<readonly DomainRecord[]> {
  const domains = await r.domains.list();
  const collections = await r.intake.collections();
  const shapes = await r.directory.shapes(domains.map(({ name }) => name));
  const exchangeListedAt = listedAt(collections, ['recipients', 'public-folders']);
  const readAt = listedAt(collections, ['users']);
  const decided: DomainRecord[] = [];
  for (const [position, domain] of domains.entries()) {
    const shape = shapes[position] ?? { domain: domain.name, addresses: 0, kinds: [] };
    const { mailType, attestation } = domain;
    const facts = { mailType, exchangeListedAt, readAt, attestation, shape };
    const recipientList = decideRecipientList(facts);
    await r.domains.saveRecipientList(domain.name, recipientList);
    decided.push({ ...domain, recipientList });
  }
  return decided.filter(isProtectableDomain);
}

/** When all of these were read: the oldest counts. Null when one never was. */
function listedAt(
  states: readonly CollectionState[],
  wanted: readonly CollectionState['collection'][],
): number | null {
  const times = wanted.map((one) => states.find(({ collection }) => collection === one)?.readAt);
  return times.reduce<number | null>(
    (oldest, time) => (oldest === null || time === undefined ? null : Math.min(oldest, time)),
    Number.MAX_SAFE_INTEGER,
  );
}
