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
      await withdraw(r, { userId, at, kind: change.channel, value: change.value });
      if (change.before !== null) await putBack(r, userId, change.channel, change.before, at);
      break;
    case 'channel-removed':
      await putBack(r, userId, change.channel, change.before, at);
      break;
    case 'contact-entered':
      await r.enteredContacts.remove(userId, change.channel);
      await withdraw(r, { userId, at, kind: change.channel, value: change.value });
      break;
    case 'channels-reset':
      // Nothing to put back: what was removed was not kept.
      break;
    case 'password-chosen':
      await r.accounts.forgetPortalPassword(userId);
      break;
    case 'passkey-added':
      await r.signIn.removePasskey(userId, change.passkeyId);
      break;
    case 'passkey-removed':
      // The key is not here any more; the one who holds it can add it again.
      break;
    case 'recovery-codes-made':
    case 'recovery-code-used':
      await r.signIn.replaceRecoveryCodes(userId, []);
      break;
    case 'helpdesk-code-made':
    case 'helpdesk-code-used':
      // Whoever got in with the code may have made ways of their own since.
      await r.accounts.forgetPortalPassword(userId);
      await r.signIn.removePasskeysSince(userId, change.madeAt);
      await r.signIn.replaceRecoveryCodes(userId, []);
      break;
  }
  await r.signIn.endCodes(userId, at);
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

/** Only what was disputed: the user may have given something else meanwhile. */
async function withdraw(
  r: OrganisationRepositories,
  of: {
    readonly userId: string;
    readonly kind: ChannelKind;
    readonly value: string;
    readonly at: Instant;
  },
): Promise<void> {
  const { at, kind, userId, value } = of;
  const current = (await r.channels.lock(userId, kind))?.channel ?? null;
  if (current === null || current.state === 'removed' || current.value !== value) return;
  await changeChannel(r, userId, kind, { type: 'remove', at });
}

/** Where nothing has taken its place since. */
async function putBack(
  r: OrganisationRepositories,
  userId: string,
  kind: ChannelKind,
  value: string,
  at: Instant,
): Promise<void> {
  const current = (await r.channels.lock(userId, kind))?.channel ?? null;
  if (current !== null && current.state !== 'removed') return;
  await changeChannel(r, userId, kind, { type: 'give', value, at });
}
