import {
  isCode,
  isProven,
  waitingOf,
  type ChannelKind,
  type ContactChannel,
} from '@holdfast/domain';
import { noteChange, provenChannels } from '../account-changes/note-change.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { changeChannel, refreshContactState } from './change-channel.ts';
import { countCodes } from './count-codes.ts';
import { countMessages } from './count-messages.ts';
import { phoneMessage } from './phone-message.ts';
import { withInfoRequest, type InfoSubject } from './find-request.ts';
import { codeMac, queueCode, wouldSendCode } from './queue-code.ts';

export interface VerifyCodeInput {
  readonly token: string;
  readonly kind: ChannelKind;
  readonly code: string;
}

/** Proves that a channel works. A wrong guess is counted even though it is refused. Throws `info.code-*`. */
export async function verifyCode(ports: Ports, input: VerifyCodeInput): Promise<InfoSubject> {
  const { code, kind } = input;
  if (!isCode(code)) {
    const message = 'Enter the six digits that we sent you.';
    throw new Refusal('info.code-wrong', message, { code: message });
  }
  const result = await withInfoRequest(ports, input.token, async (subject, repositories) => {
    const { user } = subject;
    const before = (await repositories.channels.lock(user.id, kind))?.channel ?? null;
    const codeHash = codeMac(ports, user.id, kind, code);
    const at = ports.clock.now();
    const refusal = await changeChannel(repositories, user.id, kind, {
      type: 'enter-code',
      codeHash,
      at,
    });
    if (refusal === null) await noteVerified(ports, repositories, subject, kind, before);
    return {
      refusal,
      subject: { ...subject, channels: await repositories.channels.ofUser(user.id) },
    };
  });
  if (result.refusal !== null) throw result.refusal;
  return result.subject;
}

async function noteVerified(
  ports: Ports,
  r: OrganisationRepositories,
  subject: InfoSubject,
  kind: ChannelKind,
  before: ContactChannel | null,
): Promise<void> {
  const { organisation, user } = subject;
  const after = (await r.channels.lock(user.id, kind))?.channel ?? null;
  // A code that is entered again proves nothing new.
  if (!isProven(after) || (before?.state === 'verified' && before.value === after.value)) return;
  const at = ports.clock.now();
  if (!subject.channels.some(({ channel }) => isProven(channel)))
    await dropOthers(r, subject, kind, before, at);
  const replaced = isProven(before) && before.value !== after.value ? before.value : null;
  const confirmedAgain = before?.state === 'stale' && replaced === null;
  if (!confirmedAgain)
    await noteChange(ports, r, organisation, {
      userId: user.id,
      change: { kind: 'channel-verified', channel: kind, value: after.value, before: replaced },
      told: provenChannels(subject.channels, after.value),
    });
  await refreshContactState(r, user.id);
  await r.audit.append({
    at,
    actor: `user:${user.primaryAddress}`,
    action: 'alternate-info.verified',
    subject: user.id,
    details: { channel: kind, replaced: replaced !== null, again: confirmedAgain },
    ip: null,
  });
}

/**
 * At the first proof, what waits from another visit is forgotten: whoever has the link could have put a value of their own
 * there before, and confirmed it afterwards without the proof that additions need from now on.
 */
async function dropOthers(
  r: OrganisationRepositories,
  { channels, user }: InfoSubject,
  kind: ChannelKind,
  before: ContactChannel | null,
  at: number,
): Promise<void> {
  const givenAt = before?.state === 'given' ? before.givenAt : null;
  for (const other of channels) {
    if (other.kind === kind || other.channel.state !== 'given') continue;
    if (other.channel.givenAt === givenAt) continue;
    await changeChannel(r, user.id, other.kind, { type: 'remove', at });
  }
}

/**
 * Sends a new code to a channel that waits for one. Throws `info.code-too-soon` within a minute, and `info.code-too-many`
 * when the day's codes are used up.
 */
export async function resendCode(
  ports: Ports,
  input: {
    readonly token: string;
    readonly kind: ChannelKind;
    /** By a call instead of a text message. */
    readonly spoken?: boolean;
    readonly ip: string;
  },
): Promise<InfoSubject> {
  const { ip, kind } = input;
  const spoken = input.spoken === true && kind === 'sms' && ports.voice.available;
  const known = await withInfoRequest(ports, input.token, (subject) => Promise.resolve(subject));
  const before = known.channels.find((record) => record.kind === kind)?.channel ?? null;
  const codes = wouldSendCode(before, null, ports.clock.now()) ? 1 : 0;
  await countCodes(ports, { requestId: known.requestId, ip }, codes);
  const waiting = before === null || before.state === 'stale' ? null : waitingOf(before);
  if (kind === 'sms' && codes > 0 && waiting !== null)
    await countMessages(ports, known.organisation.id, [phoneMessage(ports, waiting.value, spoken)]);
  return withInfoRequest(ports, input.token, async (subject, repositories) => {
    await queueCode(ports, repositories, subject.organisation, subject.user.id, kind, {
      quietWhenTooSoon: false,
      spoken,
    });
    return { ...subject, channels: await repositories.channels.ofUser(subject.user.id) };
  });
}
