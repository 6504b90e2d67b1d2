import type { ChannelKind } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { changeChannel, refreshContactState } from './change-channel.ts';
import { withInfoRequest, type InfoSubject } from './find-request.ts';

/**
 * Forgets what was given for a channel. A verified one is not removed through the link alone, as it is not replaced
 * through it: whoever has the link may not be the user. Throws `info.already-verified` and `info.nothing-given`.
 */
export async function removeChannel(
  ports: Ports,
  input: { readonly token: string; readonly kind: ChannelKind },
): Promise<InfoSubject> {
  return withInfoRequest(ports, input.token, async (subject, repositories) => {
    const { user } = subject;
    const before = await repositories.channels.lock(user.id, input.kind);
    if (before === null || before.channel.state === 'removed') {
      throw new Refusal('info.nothing-given', 'Nothing was given for that channel yet.');
    }
    if (before.channel.state !== 'given') {
      throw new Refusal(
        'info.already-verified',
        'That is verified. So that nobody else can take it away with this link, your administrator removes it: ask them.',
      );
    }
    const at = ports.clock.now();
    await changeChannel(repositories, user.id, input.kind, { type: 'remove', at });
    await refreshContactState(repositories, user.id);
    await repositories.audit.append({
      at,
      actor: `user:${user.primaryAddress}`,
      action: 'alternate-info.removed',
      subject: user.id,
      details: { channel: input.kind },
      ip: null,
    });
    return { ...subject, channels: await repositories.channels.ofUser(user.id) };
  });
}
