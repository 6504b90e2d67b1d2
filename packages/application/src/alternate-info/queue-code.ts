import {
  CODE_DIGITS,
  CODE_VALID_FOR,
  decideChannel,
  isProven,
  MINUTE,
  waitingOf,
  type ChannelKind,
  type ContactChannel,
  writtenLanguage,
} from '@holdfast/domain';
import type { Job } from '../jobs.ts';
import type { KeyHolder } from '../ports/secrets.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { Ports } from '../ports.ts';
import { changeChannel } from './change-channel.ts';
import { sendToChannel } from './send-to-channel.ts';

/** Whether giving or proposing this value (null: what is there already) would send a code now. */
export function wouldSendCode(
  before: ContactChannel | null,
  value: string | null,
  at: number,
): boolean {
  const given =
    value === null
      ? before
      : decideChannel(before, { type: 'propose', value, at, shared: false, weak: false }).channel;
  return decideChannel(given, { type: 'send-code', codeHash: '', at }).ok;
}

/** Decides on a code and sends the job that carries its challenge's id, never the code. Throws the channel's refusal. */
export async function queueCode(
  ports: Ports,
  repositories: OrganisationRepositories,
  organisation: KeyHolder,
  userId: string,
  kind: ChannelKind,
  options: { readonly quietWhenTooSoon: boolean; readonly spoken?: boolean },
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
    payload: {
      organisationId: organisation.id,
      userId,
      kind,
      challengeId,
      askedAt: ports.clock.now(),
      ...(options.spoken === true && { spoken: true }),
    },
    id: `channel.send-code:${challengeId}`,
    startAfter: null,
  });
}

/** Derived, so that neither the job nor the row holds it. `of` says what the code is for. */
export function codeFor(
  ports: Pick<Ports, 'secrets'>,
  organisation: KeyHolder,
  userId: string,
  of: CodePurpose,
  challengeId: string,
): string {
  const token = ports.secrets.deriveToken(organisation, 'channel-code', [userId, of, challengeId]);
  // 52 bits of the token modulo 10^6: the bias is below one in four billion.
  const digits = Number.parseInt(ports.secrets.hexOf(token).slice(0, 13), 16) % 10 ** CODE_DIGITS;
  return String(digits).padStart(CODE_DIGITS, '0');
}

/** A channel's own code, or the proof that a change needs. */
export type CodePurpose = ChannelKind | 'proof';

export function codeMac(
  ports: Pick<Ports, 'secrets'>,
  userId: string,
  of: CodePurpose,
  code: string,
): string {
  return ports.secrets.mac('channel-code', [userId, of], code.replace(/\D/g, ''));
}

function isSharedValue(channel: ContactChannel, shared: boolean): boolean {
  const next = isProven(channel) ? (channel.next ?? null) : null;
  return next?.shared ?? shared;
}

/** Job handler: sends the code of a challenge that is still the current one. */
export async function sendCode(ports: Ports, job: Job<'channel.send-code'>): Promise<void> {
  const { organisationId, userId, kind, challengeId, askedAt, spoken } = job.payload;
  // A code that has run out would only confuse, and a telephone that rings for it annoys: tries end with it.
  if (askedAt !== undefined && ports.clock.now() - askedAt > CODE_VALID_FOR) return;
  const found = await ports.database.withinOrganisation(
    organisationId,
    async ({ organisation, channels, directory }) => {
      const record = (await channels.ofUser(userId)).find((candidate) => candidate.kind === kind);
      const user = await directory.get(userId);
      return record?.challengeId === challengeId && user !== null
        ? { record, user, organisation: await organisation.get() }
        : null;
    },
  );
  if (found === null) return;
  const { channel, shared } = found.record;
  const waiting = waitingOf(channel);
  if (waiting === null) return;
  const code = codeFor(ports, found.organisation, userId, kind, challengeId);
  const language = writtenLanguage(found.user);
  const words = ports.templates(language).verificationCode({
    organisation: found.organisation.name,
    code,
    validMinutes: CODE_VALID_FOR / MINUTE,
    // Two people with one telephone have to know whose code it is; a stranger's telephone learns no login.
    login: isSharedValue(channel, shared) ? found.user.primaryAddress : null,
  });
  const { organisation } = found;
  const to = {
    organisation,
    userId,
    kind,
    value: waiting.value,
    language,
    spoken: spoken === true,
  };
  const message = { ...words, spoken: { kind: 'verification-code', code } } as const;
  const outcome = await sendToChannel(ports, to, message, job.id);
  if (outcome.ok) return;
  ports.log.warn('verification code not handed over', {
    organisationId,
    userId,
    kind,
    detail: outcome.detail,
  });
  if (!outcome.permanent) throw new Error(`Code not handed over: ${outcome.detail}`);
}
