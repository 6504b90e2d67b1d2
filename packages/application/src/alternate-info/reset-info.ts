import { noteChange, provenChannels } from '../account-changes/note-change.ts';
import { actorName, type Actor } from '../actor.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { changeChannel, refreshContactState } from './change-channel.ts';

/**
 * Removes everything that a user gave, so that they can give it anew: a new phone, a lost address. Their next request
 * starts from nothing. Refuses: `users.unknown`.
 */
export async function resetInfo(
  ports: Ports,
  actor: Actor,
  input: { readonly userId: string },
): Promise<void> {
  await ports.database.withinOrganisation(actor.organisationId, async (repositories) => {
    const user = await repositories.directory.get(input.userId);
    if (user === null)
      throw new Refusal('users.unknown', 'That user is not in the directory any more.');
    const at = ports.clock.now();
    const channels = await repositories.channels.ofUser(user.id);
    for (const { kind, channel } of channels) {
      if (channel.state !== 'removed')
        await changeChannel(repositories, user.id, kind, { type: 'remove', at });
    }
    await refreshContactState(repositories, user.id);
    await noteChange(ports, repositories, await repositories.organisation.get(), {
      userId: user.id,
      change: { kind: 'channels-reset' },
      told: provenChannels(channels),
    });
    await repositories.audit.append({
      at,
      actor: actorName(actor),
      action: 'alternate-info.reset',
      subject: user.primaryAddress,
      details: {},
      ip: actor.kind === 'administrator' ? actor.ip : null,
    });
  });
}
