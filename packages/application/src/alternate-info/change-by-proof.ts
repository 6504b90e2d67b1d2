import { decideProofEntry, isCode, isProven, type ChannelKind } from '@holdfast/domain';
import { noteChange, provenChannels } from '../account-changes/note-change.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { changeChannel, refreshContactState, refusalFor } from './change-channel.ts';
import { countCodes } from './count-codes.ts';
import { countMessages } from './count-messages.ts';
import { withInfoRequest, type InfoSubject } from './find-request.ts';
import { codeMac, queueCode, wouldSendCode } from './queue-code.ts';
import { phoneMessages, readValues, type ReadValue, type TypedValues } from './read-values.ts';
import { refuseDisputed } from './refuse-disputed.ts';

export type ProvenChange =
  | { readonly type: 'replace'; readonly kind: ChannelKind; readonly typed: TypedValues }
  | { readonly type: 'remove'; readonly kind: ChannelKind }
  | { readonly type: 'prefer'; readonly kind: ChannelKind };

/**
 * Changes alternate info that is proven, with a code that went to one of its channels. A new value takes the place of the
 * old one when its own code is entered; until then the old one goes on. What was typed is looked at before the code, so
 * that a slip uses up none. A wrong guess is counted even though it is refused. Refuses: `info.code-*` and what
 * `readValues` says.
 */
export async function changeByProof(
  ports: Ports,
  input: {
    readonly token: string;
    readonly code: string;
    readonly change: ProvenChange;
    readonly ip: string;
  },
): Promise<InfoSubject> {
  const { change, token } = input;
  const known = await withInfoRequest(ports, token, (subject) => Promise.resolve(subject));
  const value = change.type === 'replace' ? await readOne(ports, change, known) : null;
  if (!isCode(input.code)) throw notACode();
  const before = known.channels.find(({ kind }) => kind === change.kind)?.channel ?? null;
  const sent =
    value !== null && wouldSendCode(before, value.value, ports.clock.now()) ? [value] : [];
  await countCodes(ports, { requestId: known.requestId, ip: input.ip }, sent.length);
  await countMessages(ports, known.organisation.id, phoneMessages(sent));
  const result = await withInfoRequest(ports, token, async (subject, r) => {
    const refusal = await useProof(ports, r, subject.user.id, input.code);
    if (refusal === null) {
      if (change.type !== 'replace') await apply(ports, r, subject, change);
      else if (value !== null) await propose(ports, r, subject, value);
      await refreshContactState(r, subject.user.id);
    }
    const channels = await r.channels.ofUser(subject.user.id);
    return { refusal, subject: { ...subject, channels } };
  });
  if (result.refusal !== null) throw result.refusal;
  return result.subject;
}

async function readOne(
  ports: Ports,
  { kind, typed }: Extract<ProvenChange, { type: 'replace' }>,
  { ownDomains }: InfoSubject,
): Promise<ReadValue> {
  const values = await readValues(ports, typed, ownDomains);
  const value = values.find((candidate) => candidate.kind === kind);
  if (value !== undefined) return value;
  throw new Refusal('info.nothing-given', 'Give the new value.', {
    [kind === 'sms' ? 'phone' : 'email']: 'Give the new value.',
  });
}

function notACode(): Refusal {
  const message = 'Enter the six digits that we sent you.';
  return new Refusal('info.code-wrong', message, { code: message });
}

async function useProof(
  ports: Ports,
  { channels }: Pick<OrganisationRepositories, 'channels'>,
  userId: string,
  code: string,
): Promise<Refusal | null> {
  const before = await channels.lockProof(userId);
  const codeHash = codeMac(ports, userId, 'proof', code);
  const decision = decideProofEntry(before, codeHash, ports.clock.now());
  if (decision.proof !== before) await channels.saveProof(userId, decision.proof);
  return decision.ok ? null : refusalFor(decision.refusal);
}

async function propose(
  ports: Ports,
  r: OrganisationRepositories,
  { organisation, user }: InfoSubject,
  { kind, value, weak }: ReadValue,
): Promise<void> {
  await refuseDisputed(r, user.id, { kind, value });
  const at = ports.clock.now();
  const shared = await r.channels.isShared(kind, value, user.id);
  await changeChannel(
    r,
    user.id,
    kind,
    { type: 'propose', value, at, shared, weak },
    // What takes nobody's place is the channel itself.
    (await isPlain(r, user.id, kind)) ? { shared, weak } : {},
  );
  await queueCode(ports, r, organisation, user.id, kind, { quietWhenTooSoon: true });
  await r.audit.append({
    at,
    actor: `user:${user.primaryAddress}`,
    action: 'alternate-info.change-asked',
    subject: user.id,
    details: { channel: kind },
    ip: null,
  });
}

async function isPlain(
  { channels }: OrganisationRepositories,
  userId: string,
  kind: ChannelKind,
): Promise<boolean> {
  return !isProven((await channels.lock(userId, kind))?.channel ?? null);
}

async function apply(
  ports: Ports,
  r: OrganisationRepositories,
  { channels, organisation, user }: InfoSubject,
  change: Exclude<ProvenChange, { type: 'replace' }>,
): Promise<void> {
  const at = ports.clock.now();
  const audit = (action: string): Promise<void> =>
    r.audit.append({
      at,
      actor: `user:${user.primaryAddress}`,
      action,
      subject: user.id,
      details: { channel: change.kind },
      ip: null,
    });
  if (change.type === 'prefer') {
    await r.channels.savePreference(user.id, { preferred: change.kind });
    return audit('alternate-info.preferred');
  }
  const record = channels.find(({ kind }) => kind === change.kind);
  if (record === undefined || record.channel.state === 'removed')
    throw new Refusal('info.nothing-given', 'Nothing was given for that channel yet.');
  await changeChannel(r, user.id, change.kind, { type: 'remove', at });
  await noteChange(ports, r, organisation, {
    userId: user.id,
    change: { kind: 'channel-removed', channel: change.kind, before: record.channel.value },
    told: provenChannels(channels),
  });
  return audit('alternate-info.removed');
}
