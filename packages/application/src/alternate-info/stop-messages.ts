import { readSmsKeyword, STOP_WORD, type ChannelKind } from '@holdfast/domain';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import type { OrganisationRecord } from '../records/organisation.ts';
import type { DirectoryRecord } from '../records/people.ts';
import { changeChannel, refreshContactState } from './change-channel.ts';
import { linkInvalid } from './find-request.ts';
import { optOutMac } from './opt-out-mac.ts';

/**
 * An answer to one of our text messages, as the gateway hands it over. STOP stops everything to that number in every
 * organisation that has it, START undoes it; anything else is left alone. Resolves to how many people it concerned.
 */
export async function takeSmsAnswer(
  ports: Ports,
  input: { readonly from: string; readonly text: string },
): Promise<number> {
  const keyword = readSmsKeyword(input.text);
  if (keyword === null) return 0;
  const holders = await ports.database.acrossOrganisations((system) =>
    system.channelsHolding('sms', input.from),
  );
  for (const { organisationId, userId } of holders) {
    await ports.database.withinOrganisation(organisationId, (r) =>
      apply(ports, r, { organisationId, userId, kind: 'sms', value: input.from, keyword }),
    );
  }
  return holders.length;
}

interface Wish {
  readonly organisationId: string;
  readonly userId: string;
  readonly kind: ChannelKind;
  readonly value: string;
  readonly keyword: 'stop' | 'start';
}

async function apply(
  ports: Ports,
  r: OrganisationRepositories,
  { keyword, kind, organisationId, userId, value }: Wish,
): Promise<void> {
  const at = ports.clock.now();
  const mac = optOutMac(ports, organisationId, kind, value);
  if (keyword === 'stop') await r.channels.optOut(mac, at);
  else await r.channels.optIn(mac);
  const type = keyword === 'stop' ? 'opt-out' : 'opt-in';
  await changeChannel(r, userId, kind, { type, value, at });
  await refreshContactState(r, userId);
  const user = await r.directory.get(userId);
  await r.audit.append({
    at,
    actor: `channel:${kind}`,
    action: keyword === 'stop' ? 'alternate-info.opted-out' : 'alternate-info.opted-in',
    subject: user?.primaryAddress ?? userId,
    details: { channel: kind },
    ip: null,
  });
}

/** The token of the link in an e-mail: who and which address, and an HMAC that only we can make. Nothing of it is stored. */
export function stopToken(
  ports: Pick<Ports, 'secrets'>,
  of: { readonly organisationId: string; readonly userId: string; readonly value: string },
): string {
  const mac = ports.secrets.mac('stop-link', [of.organisationId, of.userId], of.value);
  return `${of.organisationId}.${of.userId}.${mac}`;
}

export interface StopSubject {
  readonly organisation: OrganisationRecord;
  readonly user: DirectoryRecord;
  readonly value: string;
  readonly stopped: boolean;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function withStopLink<T>(
  ports: Ports,
  token: string,
  work: (subject: StopSubject, r: OrganisationRepositories, userId: string) => Promise<T>,
): Promise<T> {
  const [organisationId = '', userId = '', mac = ''] = token.split('.');
  if (!UUID.test(organisationId) || !UUID.test(userId)) throw linkInvalid();
  const known = await ports.database.acrossOrganisations((system) => system.organisations());
  if (!known.some(({ id }) => id === organisationId)) throw linkInvalid();
  return ports.database.withinOrganisation(organisationId, async (r) => {
    const user = await r.directory.get(userId);
    const held = (await r.channels.ofUser(userId)).find(({ channel, kind }) => {
      if (kind !== 'email' || channel.state === 'removed') return false;
      const own = stopToken(ports, { organisationId, userId, value: channel.value });
      return ports.secrets.equal(own.split('.')[2] ?? '', mac);
    });
    if (user === null || held === undefined || held.channel.state === 'removed')
      throw linkInvalid();
    const subject = {
      organisation: await r.organisation.get(),
      user,
      value: held.channel.value,
      stopped: held.channel.state === 'opted-out',
    };
    return work(subject, r, userId);
  });
}

/** What the page behind the link shows. Nothing happens on looking. Refuses: `info.link-invalid`. */
export async function openStopLink(
  ports: Ports,
  input: { readonly token: string },
): Promise<StopSubject> {
  return withStopLink(ports, input.token, (subject) => Promise.resolve(subject));
}

/** Refuses: `info.not-confirmed` without the word, `info.link-invalid`. */
export async function stopByLink(
  ports: Ports,
  input: { readonly token: string; readonly word: string },
): Promise<void> {
  if (input.word.trim().toUpperCase() !== STOP_WORD) {
    const message = `Type ${STOP_WORD} to stop our messages. Nothing was changed so far.`;
    throw new Refusal('info.not-confirmed', message, { word: message });
  }
  await withStopLink(ports, input.token, async ({ organisation, value }, r, userId) =>
    apply(ports, r, {
      organisationId: organisation.id,
      userId,
      kind: 'email',
      value,
      keyword: 'stop',
    }),
  );
}
