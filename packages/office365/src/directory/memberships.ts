import {
  TenantError,
  type GroupToAsk,
  type PageReceiver,
  type TenantCredentials,
} from '@holdfast/application';
import { z } from 'zod';
import type { ExchangeClient } from '../exchange/exchange-client.ts';
import { isPermissionFailure } from '../http/failure.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const groupMember = z.object({ ExternalDirectoryObjectId: text, Guid: text });
const MEMBER_FIELDS = ['ExternalDirectoryObjectId', 'Guid'];

/**
 * Direct members of groups that Graph does not tell of. One call for each group, one after the other. False when the
 * permission is missing: half of the groups must not look empty.
 */
export async function readMembers(
  exchange: ExchangeClient,
  credentials: TenantCredentials,
  groups: readonly GroupToAsk[],
  receive: PageReceiver,
): Promise<boolean> {
  for (const group of groups) {
    for (const cmdlet of cmdletsFor(group)) {
      const answer = await readGroup(exchange, credentials, group, cmdlet, receive);
      if (answer === 'forbidden') return false;
      if (answer === 'read') break;
    }
  }
  return true;
}

/** Exchange's list does not say which cmdlet knows the members of a group: the one that finds it does. */
function cmdletsFor(
  group: GroupToAsk,
): readonly { readonly name: string; readonly more: Readonly<Record<string, string>> }[] {
  return group.dynamic
    ? [{ name: 'Get-DynamicDistributionGroupMember', more: {} }]
    : [
        { name: 'Get-DistributionGroupMember', more: {} },
        { name: 'Get-UnifiedGroupLinks', more: { LinkType: 'Members' } },
      ];
}

/** `absent`: the group is not of that sort, or was deleted since it was listed. */
async function readGroup(
  exchange: ExchangeClient,
  credentials: TenantCredentials,
  group: GroupToAsk,
  cmdlet: { readonly name: string; readonly more: Readonly<Record<string, string>> },
  receive: PageReceiver,
): Promise<'read' | 'absent' | 'forbidden'> {
  const parameters = { Identity: group.address, ResultSize: 'Unlimited', ...cmdlet.more };
  try {
    await exchange.each(
      credentials,
      { name: cmdlet.name, parameters, select: MEMBER_FIELDS, item: groupMember },
      (members) =>
        receive(
          members
            .map((member) => member.ExternalDirectoryObjectId || member.Guid)
            .filter((id) => id !== '')
            .map((memberId) => ({ fact: 'member', groupId: group.externalId, memberId })),
        ),
    );
    return 'read';
  } catch (error) {
    if (error instanceof TenantError && error.failure.code === 'not-found') return 'absent';
    if (isPermissionFailure(error)) return 'forbidden';
    throw error;
  }
}
