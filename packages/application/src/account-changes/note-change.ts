import { type AccountChange, isProven, NOT_ME_VALID_FOR } from '@holdfast/domain';
import type { KeyHolder } from '../ports/secrets.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { Ports } from '../ports.ts';
import type { ToldChannel } from '../records/account-changes.ts';
import type { ChannelRecord } from '../records/people.ts';

/**
 * Has a change told to the work mailbox and to `told`, in the transaction that makes it. The link's token is derived from
 * the organisation's key, so that the job holds none; only its hash is stored.
 */
export async function noteChange(
  ports: Pick<Ports, 'clock' | 'identifiers' | 'secrets'>,
  r: Pick<OrganisationRepositories, 'accountChanges' | 'jobs'>,
  organisation: KeyHolder,
  input: {
    readonly userId: string;
    readonly change: AccountChange;
    readonly told: readonly ToldChannel[];
  },
): Promise<void> {
  const id = ports.identifiers.uuid();
  const at = ports.clock.now();
  await r.accountChanges.add({
    id,
    ...input,
    at,
    expiresAt: at + NOT_ME_VALID_FOR,
    disputedAt: null,
    tokenHash: ports.secrets.hashToken(changeToken(ports, organisation, id)),
  });
  await r.jobs.send({
    name: 'account.tell-change',
    payload: { organisationId: organisation.id, changeId: id },
    id: `account.tell-change:${id}`,
    startAfter: null,
  });
}

export function changeToken(
  ports: Pick<Ports, 'secrets'>,
  organisation: KeyHolder,
  changeId: string,
): string {
  return ports.secrets.deriveToken(organisation, 'account-change', [changeId]);
}

/** Proven channels, but those that hold `except`: whoever has just proven a new one need not be told there. */
export function provenChannels(
  channels: readonly ChannelRecord[],
  except: string | null = null,
): readonly ToldChannel[] {
  return channels.flatMap(({ kind, channel }) =>
    isProven(channel) && channel.value !== except ? [{ kind, value: channel.value }] : [],
  );
}
