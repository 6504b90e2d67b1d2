import { type ChannelKind } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import { noteChange, provenChannels } from '../account-changes/note-change.ts';
import { changeChannel, refreshContactState } from './change-channel.ts';
import { withInfoRequest, type InfoSubject } from './find-request.ts';
import { codeMac, countCodes, queueCode, wouldSendCode } from './queue-code.ts';

export interface VerifyCodeInput {
  readonly token: string;
  readonly kind: ChannelKind;
  readonly code: string;
}

/** Proves that a channel works. A wrong guess is counted even though it is refused. Throws `info.code-*`. */
export async function verifyCode(ports: Ports, input: VerifyCodeInput): Promise<InfoSubject> {
  const result = await withInfoRequest(ports, input.token, async (subject, repositories) => {
    const { user } = subject;
    const at = ports.clock.now();
    const before = (await repositories.channels.lock(user.id, input.kind))?.channel ?? null;
    const codeHash = codeMac(ports, user.id, input.kind, input.code);
    const refusal = await changeChannel(repositories, user.id, input.kind, {
      type: 'enter-code',
      codeHash,
      at,
    });
    if (refusal === null && before?.state === 'given') {
      await noteChange(ports, repositories, subject.organisation, {
        userId: user.id,
        change: {
          kind: 'channel-verified',
          channel: input.kind,
          value: before.value,
          before: null,
        },
        told: provenChannels(subject.channels, before.value),
      });
      await refreshContactState(repositories, user.id);
      await repositories.audit.append({
        at,
        actor: `user:${user.primaryAddress}`,
        action: 'alternate-info.verified',
        subject: user.id,
        details: { channel: input.kind },
        ip: null,
      });
    }
    return {
      refusal,
      subject: { ...subject, channels: await repositories.channels.ofUser(user.id) },
    };
  });
  if (result.refusal !== null) throw result.refusal;
  return result.subject;
}

/**
 * Sends a new code to a channel that was given and not verified. Throws `info.code-too-soon` within a minute, and
 * `info.code-too-many` when the day's codes are used up.
 */
export async function resendCode(
  ports: Ports,
  input: { readonly token: string; readonly kind: ChannelKind },
): Promise<InfoSubject> {
  const known = await withInfoRequest(ports, input.token, (subject) => Promise.resolve(subject));
  const before = known.channels.find((record) => record.kind === input.kind)?.channel ?? null;
  const codes = wouldSendCode(before, null, ports.clock.now()) ? 1 : 0;
  await countCodes(ports, known.user.id, codes);
  return withInfoRequest(ports, input.token, async (subject, repositories) => {
    await queueCode(ports, repositories, subject.organisation, subject.user.id, input.kind, {
      quietWhenTooSoon: false,
    });
    return { ...subject, channels: await repositories.channels.ofUser(subject.user.id) };
  });
}
