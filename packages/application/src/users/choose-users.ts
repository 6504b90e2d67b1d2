import { decideEligibility, type IneligibleReason, type TenantDomain } from '@holdfast/domain';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';
import type { DirectoryRecord } from '../records/people.ts';
import { INELIGIBLE_WORDS } from './ineligible-words.ts';

export type UserChoice =
  | { readonly kind: 'all' }
  | { readonly kind: 'users'; readonly userIds: readonly string[] };

export interface IneligibleObject {
  readonly object: DirectoryRecord;
  readonly reason: IneligibleReason;
}

export interface Chosen {
  readonly eligible: readonly DirectoryRecord[];
  readonly ineligible: readonly IneligibleObject[];
  /** Left out of *all*: an account that is switched off gets mail and has nobody who reads it. Named, it is protected. */
  readonly switchedOff: readonly DirectoryRecord[];
}

/** What a choice means, by the domain's decision (invariant 7). Refuses: `users.unknown`. */
export async function chooseUsers(
  r: Pick<OrganisationRepositories, 'directory' | 'domains'>,
  choice: UserChoice,
): Promise<Chosen> {
  const domains = await r.domains.list();
  if (choice.kind === 'users') return divide(await findAll(r, choice.userIds), domains);
  const { eligible, ineligible } = divide(await r.directory.all(), domains);
  return {
    eligible: eligible.filter((object) => object.accountEnabled),
    ineligible,
    switchedOff: eligible.filter((object) => !object.accountEnabled),
  };
}

/** All objects with these ids. Refuses: `users.unknown` when one of them is not there. */
export async function findAll(
  r: Pick<OrganisationRepositories, 'directory'>,
  ids: readonly string[],
): Promise<readonly DirectoryRecord[]> {
  const wanted = [...new Set(ids)];
  const found = (await r.directory.getMany(wanted)).filter((object) => object.removedAt === null);
  if (found.length === wanted.length) return found;
  throw new Refusal(
    'users.unknown',
    `${wanted.length - found.length} of the chosen users are not in the directory (any more). Refresh the page and choose again.`,
  );
}

function divide(objects: readonly DirectoryRecord[], domains: readonly TenantDomain[]): Chosen {
  const eligible: DirectoryRecord[] = [];
  const ineligible: IneligibleObject[] = [];
  for (const object of objects) {
    const decision = decideEligibility(object, domains);
    if (decision.eligible) eligible.push(object);
    else ineligible.push({ object, reason: decision.reason });
  }
  return { eligible, ineligible, switchedOff: [] };
}

/** The refusal `users.ineligible`, with a sentence per address. */
export function ineligibleRefusal(ineligible: readonly IneligibleObject[]): Refusal {
  const [first] = ineligible;
  const message =
    ineligible.length === 1 && first !== undefined
      ? `${first.object.primaryAddress}: ${INELIGIBLE_WORDS[first.reason]}`
      : `${ineligible.length} of the chosen objects cannot be protected. Their mail still arrives. Take them out of the choice.`;
  const fields = Object.fromEntries(
    ineligible.map(({ object, reason }) => [object.primaryAddress, INELIGIBLE_WORDS[reason]]),
  );
  return new Refusal('users.ineligible', message, fields);
}
