import {
  TenantError,
  type TenantCredentials,
  type TenantGroupMembership,
} from '@holdfast/application';
import type { ExchangeClient } from './exchange-client.ts';
import {
  MEMBER_FIELDS,
  groupMember,
  memberCmdlet,
  type ExchangeRecipient,
} from './exchange-recipients.ts';

/** Members of every group, groups inside groups expanded. One call per group, one after the other. */
export async function readMemberships(
  exchange: ExchangeClient,
  credentials: TenantCredentials,
  recipients: readonly ExchangeRecipient[],
): Promise<readonly TenantGroupMembership[]> {
  const groups = recipients.filter(({ kind }) => kind === 'group' || kind === 'dynamic-group');
  const direct = new Map<string, readonly string[]>();
  for (const group of groups) {
    direct.set(group.primaryAddress, await directMembers(exchange, credentials, group));
  }
  const primaryOf = new Map(
    recipients.flatMap((entry) =>
      entry.addresses.map((address) => [address, entry.primaryAddress]),
    ),
  );
  return groups.map((group) => ({
    groupExternalId: group.graphId ?? group.ownId,
    memberAddresses: expandMembers(group.primaryAddress, direct, primaryOf),
  }));
}

async function directMembers(
  exchange: ExchangeClient,
  credentials: TenantCredentials,
  group: ExchangeRecipient,
): Promise<readonly string[]> {
  try {
    const { name, parameters } = memberCmdlet(group);
    const cmdlet = { name, parameters, select: MEMBER_FIELDS, item: groupMember };
    const members = await exchange.invoke(credentials, cmdlet);
    return members.map((member) => member.PrimarySmtpAddress.toLowerCase()).filter(Boolean);
  } catch (error) {
    // Deleted between the listing and this call.
    if (error instanceof TenantError && error.failure.code === 'not-found') return [];
    throw error;
  }
}

/** Everyone in a group who is no group: nested ones are walked through, each once, so that a cycle ends. */
function expandMembers(
  group: string,
  direct: ReadonlyMap<string, readonly string[]>,
  primaryOf: ReadonlyMap<string, string>,
): readonly string[] {
  const visited = new Set([group]);
  const members = new Set<string>();
  const open = [group];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const address of direct.get(next) ?? []) {
      const member = primaryOf.get(address) ?? address;
      if (!direct.has(member)) members.add(member);
      else if (!visited.has(member)) {
        visited.add(member);
        open.push(member);
      }
    }
  }
  return [...members].sort();
}
