import { waitingOf, type ChannelKind, type Language } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { changeChannel, refreshContactState } from './change-channel.ts';
import { withInfoRequest, type InfoSubject } from './find-request.ts';

/** What is to be typed: programs that follow links and post forms do not know it. Case does not matter. */
export const REMOVE_WORDS: Readonly<Record<Language, string>> = { en: 'REMOVE', de: 'ENTFERNEN' };

/**
 * Forgets what waits for its code. What is proven goes only with a code to a proven channel (`changeByProof`): whoever has
 * the link may not be the user. Refuses: `info.not-confirmed`, `info.nothing-given`.
 */
export async function removeChannel(
  ports: Ports,
  input: { readonly token: string; readonly kind: ChannelKind; readonly word: string },
): Promise<InfoSubject> {
  // In any language: the page may have been in another one when it was opened.
  if (!Object.values(REMOVE_WORDS).includes(input.word.trim().toUpperCase())) {
    const message = `Type ${REMOVE_WORDS.en} to remove it. Nothing was changed so far.`;
    throw new Refusal('info.not-confirmed', message, { word: message });
  }
  return withInfoRequest(ports, input.token, async (subject, repositories) => {
    const { user } = subject;
    const before = (await repositories.channels.lock(user.id, input.kind))?.channel ?? null;
    if (before === null || before.state === 'stale' || waitingOf(before) === null)
      throw new Refusal('info.nothing-given', 'Nothing waits for a code there.');
    const at = ports.clock.now();
    await changeChannel(repositories, user.id, input.kind, { type: 'withdraw', at });
    await refreshContactState(repositories, user.id);
    await repositories.audit.append({
      at,
      actor: `user:${user.primaryAddress}`,
      action: 'alternate-info.withdrawn',
      subject: user.id,
      details: { channel: input.kind },
      ip: null,
    });
    return { ...subject, channels: await repositories.channels.ofUser(user.id) };
  });
}
