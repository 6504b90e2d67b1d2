import {
  isProtectableDomain,
  MAX_ORGANISATION_ENTRIES,
  type PolicyRecipient,
  type PolicyRule,
} from '@holdfast/domain';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { Surroundings } from './place-entries.ts';

/** What the entries of Office 365 are placed among: our domains, our recipients with their groups, our lists. */
export async function listSurroundings(
  r: OrganisationRepositories,
  rules: readonly PolicyRule[],
): Promise<Surroundings> {
  const domains = await r.domains.list();
  const existing = await r.lists.all();
  return {
    ownDomains: domains.map(({ name }) => name),
    recipients: await recipientsFor(r, rules, domains.filter(isProtectableDomain)),
    existing,
    room: MAX_ORGANISATION_ENTRIES + existing.filter((entry) => entry.forUserId !== null).length,
  };
}

async function recipientsFor(
  r: OrganisationRepositories,
  rules: readonly PolicyRule[],
  domains: readonly { readonly name: string }[],
): Promise<readonly PolicyRecipient[]> {
  const inForce = rules.filter(({ enabled }) => enabled);
  if (inForce.length === 0) return [];
  const names = new Set(domains.map(({ name }) => name));
  const objects = (await r.directory.all()).filter(({ primaryAddress }) =>
    names.has(primaryAddress.slice(primaryAddress.lastIndexOf('@') + 1)),
  );
  const asked = new Set(
    inForce.flatMap((rule) => [...rule.memberOf, ...rule.exceptMemberOf]).map(lower),
  );
  // Rules name groups by address or by display name.
  const groups = objects.filter(
    ({ addresses, displayName }) =>
      addresses.some((address) => asked.has(address)) || asked.has(lower(displayName)),
  );
  const members = await r.directory.membersOf(groups.map(({ primaryAddress }) => primaryAddress));
  const groupsOf = new Map<string, Set<string>>();
  for (const group of groups) {
    for (const id of members.get(group.primaryAddress) ?? []) {
      const known = groupsOf.get(id) ?? new Set();
      groupsOf.set(id, known.add(lower(group.displayName)));
      for (const address of group.addresses) known.add(address);
    }
  }
  return objects.map(({ id, primaryAddress, addresses }) => ({
    id,
    primaryAddress,
    addresses,
    groups: groupsOf.get(id) ?? new Set(),
  }));
}

function lower(text: string): string {
  return text.toLowerCase();
}
