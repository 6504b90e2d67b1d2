import type { AccountChange, ChannelKind, Instant } from '@holdfast/domain';
import { changeChannel } from '../alternate-info/change-channel.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';

/** Undoes a disputed change. What is back from before has to be proven anew, as has every other channel. */
export async function takeBack(
  r: OrganisationRepositories,
  { userId, change, at }: TakenBack,
): Promise<void> {
  switch (change.kind) {
    case 'channel-verified':
      await putBack(r, userId, change.channel, change.before, at);
      break;
    case 'channel-removed':
      await putBack(r, userId, change.channel, change.before, at);
      break;
    case 'channels-reset':
      // Nothing to put back: what was removed was not kept.
      break;
    case 'password-chosen':
      await r.accounts.forgetPortalPassword(userId);
      break;
  }
  // The one who made the change may hold any of them: what proved the change was a code to one.
  for (const { kind, channel } of await r.channels.ofUser(userId)) {
    if (channel.state !== 'removed') await changeChannel(r, userId, kind, { type: 'doubt', at });
  }
}

interface TakenBack {
  readonly userId: string;
  readonly change: AccountChange;
  readonly at: Instant;
}

async function putBack(
  r: OrganisationRepositories,
  userId: string,
  kind: ChannelKind,
  before: string | null,
  at: Instant,
): Promise<void> {
  await changeChannel(
    r,
    userId,
    kind,
    before === null ? { type: 'remove', at } : { type: 'give', value: before, at },
  );
}
