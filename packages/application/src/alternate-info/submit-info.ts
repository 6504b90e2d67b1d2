import { domainOf, parseAddress, type ChannelKind } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { Refusal } from '../refusal.ts';
import { isHostedByMicrosoft } from './alternate-domain.ts';
import { changeChannel, refreshContactState } from './change-channel.ts';
import { withInfoRequest, type InfoSubject } from './find-request.ts';
import { countCodes, queueCode, wouldSendCode } from './queue-code.ts';

export interface SubmitInfoInput {
  readonly token: string;
  /** As typed; empty when not given. */
  readonly email: string;
  readonly phone: string;
  /** ISO 3166-1 alpha-2 of the select. */
  readonly country: string;
  readonly preferred: ChannelKind;
  readonly language: string;
}

interface Reading {
  readonly email: string | null;
  readonly phone: string | null;
}

/**
 * Stores what a user gave and sends a code to each new channel. Refuses with field messages and keeps nothing then. A
 * verified channel is not replaced through the link alone: whoever has the link may not be the user.
 */
export async function submitInfo(ports: Ports, input: SubmitInfoInput): Promise<InfoSubject> {
  const known = await withInfoRequest(ports, input.token, (subject) => Promise.resolve(subject));
  const reading = readInput(ports, input, known.ownDomains);
  await countCodes(ports, known.user.id, codesFor(known, reading, ports.clock.now()));
  const weak = reading.email !== null && (await isHostedByMicrosoft(ports.dns, reading.email));
  return withInfoRequest(ports, input.token, async (subject, repositories) => {
    const { user } = subject;
    await repositories.channels.savePreference(user.id, {
      preferred: input.preferred,
      language: input.language,
    });
    if (reading.email !== null)
      await give(ports, subject, repositories, 'email', reading.email, weak);
    if (reading.phone !== null)
      await give(ports, subject, repositories, 'sms', reading.phone, false);
    await refreshContactState(repositories, user.id);
    await repositories.audit.append({
      at: ports.clock.now(),
      actor: `user:${user.primaryAddress}`,
      action: 'alternate-info.given',
      subject: user.id,
      details: { email: reading.email !== null, phone: reading.phone !== null },
      ip: null,
    });
    return { ...subject, channels: await repositories.channels.ofUser(user.id) };
  });
}

/** How many codes this submission sends. */
function codesFor({ channels }: InfoSubject, { email, phone }: Reading, at: number): number {
  const sends = (kind: ChannelKind, value: string | null): boolean => {
    const before = channels.find((record) => record.kind === kind)?.channel ?? null;
    // A verified value is kept or refused, never sent a code.
    return value !== null && before?.state !== 'verified' && wouldSendCode(before, value, at);
  };
  return Number(sends('email', email)) + Number(sends('sms', phone));
}

function readInput(ports: Ports, input: SubmitInfoInput, ownDomains: readonly string[]): Reading {
  const fields: Record<string, string> = {};
  const email = readEmail(input.email, ownDomains, fields);
  const phone = readPhone(ports, input, fields);
  if (email === null && phone === null && Object.keys(fields).length === 0) {
    fields['email'] = 'Give a private address, a mobile number, or both.';
  }
  const [first] = Object.values(fields);
  if (first !== undefined) throw new Refusal('info.nothing-given', first, fields);
  return { email, phone };
}

function readEmail(
  typed: string,
  ownDomains: readonly string[],
  fields: Record<string, string>,
): string | null {
  if (typed.trim() === '') return null;
  const address = parseAddress(typed);
  if (address === null) {
    fields['email'] =
      'That does not look like an email address. Check for missing parts, such as “@” or “.com”.';
    return null;
  }
  const domain = domainOf(address);
  if (ownDomains.some((own) => domain === own || domain.endsWith(`.${own}`))) {
    fields['email'] = 'That is your work address: it would be down as well. Give a private one.';
    return null;
  }
  return address;
}

function readPhone(
  ports: Ports,
  input: SubmitInfoInput,
  fields: Record<string, string>,
): string | null {
  if (input.phone.trim() === '') return null;
  const reading = ports.phones.read(input.phone, input.country);
  if (!reading.ok) {
    fields['phone'] =
      reading.reason === 'too-short'
        ? 'That number is too short. Check the digits and the country.'
        : reading.reason === 'too-long'
          ? 'That number is too long. Check the digits and the country.'
          : 'That is not a phone number of the chosen country. Check the digits and the country.';
    return null;
  }
  if (!reading.canReceiveSms) {
    fields['phone'] =
      'That is a landline: it cannot receive text messages. Give a mobile number, or a private address.';
    return null;
  }
  return reading.e164;
}

async function give(
  ports: Ports,
  { user, organisation }: InfoSubject,
  repositories: OrganisationRepositories,
  kind: ChannelKind,
  value: string,
  weak: boolean,
): Promise<void> {
  const before = await repositories.channels.lock(user.id, kind);
  if (before !== null && before.channel.state === 'verified') {
    if (before.channel.value === value) return;
    throw new Refusal(
      'info.already-verified',
      'There is a verified value already. Ask your administrator to reset it.',
      {
        [kind === 'sms' ? 'phone' : 'email']:
          'There is a verified value already. Ask your administrator to reset it.',
      },
    );
  }
  const shared = await repositories.channels.isShared(kind, value, user.id);
  const at = ports.clock.now();
  await changeChannel(repositories, user.id, kind, { type: 'give', value, at }, { shared, weak });
  await queueCode(ports, repositories, organisation, user.id, kind, { quietWhenTooSoon: true });
}
