import { isProven, type ChannelKind, type Language } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';
import { changeChannel, refreshContactState } from './change-channel.ts';
import { countCodes } from './count-codes.ts';
import { countMessages } from './count-messages.ts';
import { withInfoRequest, type InfoSubject } from './find-request.ts';
import { optOutMac } from './opt-out-mac.ts';
import { queueCode, wouldSendCode } from './queue-code.ts';
import { phoneMessages, readValues, type ReadValue, type TypedValues } from './read-values.ts';
import { refuseDisputed } from './refuse-disputed.ts';

export interface SubmitInfoInput extends TypedValues {
  readonly token: string;
  readonly preferred: ChannelKind;
  readonly language: Language;
  /** Client address. */
  readonly ip: string;
}

/**
 * Stores what a user gave and sends a code to each new channel. Refuses with field messages and keeps nothing then. Once
 * anything is proven the link alone changes nothing: whoever has it may not be the user (`info.proof-needed`).
 */
export async function submitInfo(ports: Ports, input: SubmitInfoInput): Promise<InfoSubject> {
  const known = await withInfoRequest(ports, input.token, (subject) => Promise.resolve(subject));
  refuseProven(known);
  const values = await readValues(ports, input, known.ownDomains);
  const budget = { requestId: known.requestId, ip: input.ip };
  const sent = codesFor(known, values, ports.clock.now());
  await countCodes(ports, budget, sent.length);
  await countMessages(ports, known.organisation.id, phoneMessages(sent));
  return withInfoRequest(ports, input.token, async (subject, repositories) => {
    refuseProven(subject);
    const { user } = subject;
    const at = ports.clock.now();
    await repositories.channels.savePreference(user.id, { preferred: input.preferred });
    await repositories.directory.saveLanguage(user.id, input.language);
    for (const value of values) await give(ports, subject, repositories, value, at);
    await refreshContactState(repositories, user.id);
    await repositories.audit.append({
      at,
      actor: `user:${user.primaryAddress}`,
      action: 'alternate-info.given',
      subject: user.id,
      details: {
        email: values.some(({ kind }) => kind === 'email'),
        phone: values.some(({ kind }) => kind === 'sms'),
      },
      ip: null,
    });
    return { ...subject, channels: await repositories.channels.ofUser(user.id) };
  });
}

function refuseProven({ channels }: InfoSubject): void {
  if (!channels.some(({ channel }) => isProven(channel))) return;
  throw new Refusal(
    'info.proof-needed',
    'Your alternate info is confirmed already. To change it, enter a code that we send to it.',
  );
}

/** Where this submission sends a code. */
function codesFor(
  { channels }: InfoSubject,
  values: readonly ReadValue[],
  at: number,
): readonly ReadValue[] {
  return values.filter(({ kind, value }) => {
    const before = channels.find((record) => record.kind === kind)?.channel ?? null;
    return wouldSendCode(before, value, at);
  });
}

async function give(
  ports: Ports,
  { organisation, user }: InfoSubject,
  repositories: OrganisationRepositories,
  { kind, value, weak }: ReadValue,
  at: number,
): Promise<void> {
  await refuseDisputed(repositories, user.id, { kind, value });
  const shared = await repositories.channels.isShared(kind, value, user.id);
  // Giving it anew is how its owner opts in again.
  await repositories.channels.optIn(optOutMac(ports, organisation.id, kind, value));
  await changeChannel(repositories, user.id, kind, { type: 'give', value, at }, { shared, weak });
  await queueCode(ports, repositories, organisation, user.id, kind, { quietWhenTooSoon: true });
}
