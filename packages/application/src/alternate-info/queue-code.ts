import {
  CODE_DIGITS,
  CODE_VALID_FOR,
  DAY,
  decideChannel,
  MINUTE,
  type ChannelKind,
  type ContactChannel,
} from '@holdfast/domain';
import type { Job } from '../jobs.ts';
import type { KeyHolder } from '../ports/secrets.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { changeChannel } from './change-channel.ts';

/** Codes for one user within a day, over all channels and values: whoever has the link cannot text strangers at will. */
export const CODES_PER_USER_AND_DAY = 6;

/** Whether giving this value (null: what is there already) would send a code now. */
export function wouldSendCode(
  before: ContactChannel | null,
  value: string | null,
  at: number,
): boolean {
  const given =
    value === null ? before : decideChannel(before, { type: 'give', value, at }).channel;
  return decideChannel(given, { type: 'send-code', codeHash: '', at }).ok;
}

/**
 * Counts the codes that are about to be sent, in a transaction of its own and outside the caller's: a second connection
 * inside one could exhaust the pool. A refused one is not counted. Refuses with `info.code-too-many`.
 */
export async function countCodes(ports: Ports, userId: string, codes: number): Promise<void> {
  if (codes === 0) return;
  const now = ports.clock.now();
  await ports.database.acrossOrganisations(async (system) => {
    for (let code = 0; code < codes; code += 1) {
      const before = await system.countAttempt(`channel-code:${userId}`, now, DAY);
      if (before >= CODES_PER_USER_AND_DAY) throw tooManyCodes();
    }
  });
}

function tooManyCodes(): Refusal {
  const message = `We sent you ${CODES_PER_USER_AND_DAY} codes within a day, and send no more for now. Use the last code, try again tomorrow, or ask your administrator.`;
  return new Refusal('info.code-too-many', message, { code: message });
}

/** Decides on a code and sends the job that carries its challenge's id, never the code. Throws the channel's refusal. */
export async function queueCode(
  ports: Ports,
  repositories: OrganisationRepositories,
  organisation: KeyHolder,
  userId: string,
  kind: ChannelKind,
  options: { readonly quietWhenTooSoon: boolean },
): Promise<void> {
  const challengeId = ports.identifiers.uuid();
  const codeHash = codeMac(
    ports,
    userId,
    kind,
    codeFor(ports, organisation, userId, kind, challengeId),
  );
  const refusal = await changeChannel(
    repositories,
    userId,
    kind,
    { type: 'send-code', codeHash, at: ports.clock.now() },
    { challengeId },
  );
  if (refusal !== null) {
    if (
      options.quietWhenTooSoon &&
      (refusal.code === 'info.code-too-soon' || refusal.code === 'info.already-verified')
    )
      return;
    throw refusal;
  }
  await repositories.jobs.send({
    name: 'channel.send-code',
    payload: { organisationId: organisation.id, userId, kind, challengeId },
    id: `channel.send-code:${challengeId}`,
    startAfter: null,
  });
}

/** Derived, so that neither the job nor the row holds it. */
function codeFor(
  ports: Ports,
  organisation: KeyHolder,
  userId: string,
  kind: ChannelKind,
  challengeId: string,
): string {
  const token = ports.secrets.deriveToken(organisation, 'channel-code', [
    userId,
    kind,
    challengeId,
  ]);
  // 52 bits of the token modulo 10^6: the bias is below one in four billion.
  const digits = Number.parseInt(ports.secrets.hexOf(token).slice(0, 13), 16) % 10 ** CODE_DIGITS;
  return String(digits).padStart(CODE_DIGITS, '0');
}

export function codeMac(
  ports: Pick<Ports, 'secrets'>,
  userId: string,
  kind: ChannelKind,
  code: string,
): string {
  return ports.secrets.mac('channel-code', [userId, kind], code.replace(/\D/g, ''));
}

/** Job handler: sends the code of a challenge that is still the current one. */
export async function sendCode(ports: Ports, job: Job<'channel.send-code'>): Promise<void> {
  const { organisationId, userId, kind, challengeId } = job.payload;
  const found = await ports.database.withinOrganisation(
    organisationId,
    async ({ organisation, channels }) => {
      const record = (await channels.ofUser(userId)).find((candidate) => candidate.kind === kind);
      return record?.challengeId === challengeId
        ? { record, organisation: await organisation.get() }
        : null;
    },
  );
  if (found === null || found.record.channel.state !== 'given') return;
  const code = codeFor(ports, found.organisation, userId, kind, challengeId);
  const words = ports.templates.verificationCode({
    organisation: found.organisation.name,
    code,
    validMinutes: CODE_VALID_FOR / MINUTE,
  });
  const to = found.record.channel.value;
  const outcome =
    kind === 'sms'
      ? await ports.sms.send({ to, text: words.sms, reference: job.id })
      : await ports.alternateEmail.send({ to, ...words.email, reference: job.id });
  if (outcome.ok) return;
  ports.log.warn('verification code not handed over', {
    organisationId,
    userId,
    kind,
    detail: outcome.detail,
  });
  if (!outcome.permanent) throw new Error(`Code not handed over: ${outcome.detail}`);
}
