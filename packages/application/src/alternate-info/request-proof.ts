import {
  CODE_VALID_FOR,
  decideProofSend,
  isProofOpen,
  isProven,
  MINUTE,
  type ChannelKind,
  writtenLanguage,
} from '@holdfast/domain';
import type { Job } from '../jobs.ts';
import type { Ports } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { refusalFor } from './change-channel.ts';
import { countCodes } from './count-codes.ts';
import { withInfoRequest, type InfoSubject } from './find-request.ts';
import { codeFor, codeMac } from './queue-code.ts';
import { sendToChannel } from './send-to-channel.ts';

/**
 * Sends a code to a channel that is proven: what changing any channel needs, since a link can be forwarded. Refuses:
 * `info.nothing-given` without such a channel, `info.code-too-soon`, `info.code-too-many`.
 */
export async function requestProof(
  ports: Ports,
  input: { readonly token: string; readonly via: ChannelKind; readonly ip: string },
): Promise<InfoSubject> {
  const { via, ip } = input;
  const known = await withInfoRequest(ports, input.token, async (subject, { channels }) => ({
    requestId: subject.requestId,
    soon: !decideProofSend(await channels.proof(subject.user.id), NO_CODE, ports.clock.now()).ok,
  }));
  if (!known.soon) await countCodes(ports, { requestId: known.requestId, ip }, 1);
  return withInfoRequest(ports, input.token, async (subject, r) => {
    const { organisation, user } = subject;
    const proven = subject.channels.some(({ kind, channel }) => kind === via && isProven(channel));
    if (!proven)
      throw new Refusal('info.nothing-given', 'Nothing was confirmed for that channel yet.');
    const id = ports.identifiers.uuid();
    const codeHash = codeMac(
      ports,
      user.id,
      'proof',
      codeFor(ports, organisation, user.id, 'proof', id),
    );
    const before = await r.channels.lockProof(user.id);
    const decision = decideProofSend(before, { id, via, codeHash }, ports.clock.now());
    if (!decision.ok) throw refusalFor(decision.refusal);
    await r.channels.saveProof(user.id, decision.proof);
    await r.jobs.send({
      name: 'channel.send-proof',
      payload: { organisationId: organisation.id, userId: user.id, proofId: id },
      id: `channel.send-proof:${id}`,
      startAfter: null,
    });
    return subject;
  });
}

const NO_CODE = { id: '', via: 'sms', codeHash: '' } as const;

/** Job `channel.send-proof`: only while it is the current one. */
export async function sendProof(ports: Ports, job: Job<'channel.send-proof'>): Promise<void> {
  const { organisationId, userId, proofId } = job.payload;
  const found = await ports.database.withinOrganisation(organisationId, async (r) => {
    const proof = await r.channels.proof(userId);
    const user = await r.directory.get(userId);
    const record = (await r.channels.ofUser(userId)).find(({ kind }) => kind === proof?.via);
    if (proof?.id !== proofId || user === null || record === undefined) return null;
    // As with every code: once it has run out, nobody is called or texted for it any more.
    if (!isProofOpen(proof, ports.clock.now())) return null;
    return { user, record, organisation: await r.organisation.get() };
  });
  if (found === null || !isProven(found.record.channel)) return;
  const { organisation, record, user } = found;
  const language = writtenLanguage(user);
  const words = ports.templates(language).proofCode({
    organisation: organisation.name,
    code: codeFor(ports, organisation, userId, 'proof', proofId),
    validMinutes: CODE_VALID_FOR / MINUTE,
    login: user.primaryAddress,
  });
  const { value } = found.record.channel;
  const to = { organisation, userId, kind: record.kind, value, language };
  const code = codeFor(ports, organisation, userId, 'proof', proofId);
  const message = { ...words, spoken: { kind: 'proof-code', code } } as const;
  const outcome = await sendToChannel(ports, to, message, job.id);
  if (outcome.ok) return;
  ports.log.warn('code for a change not handed over', {
    organisationId,
    userId,
    detail: outcome.detail,
  });
  if (!outcome.permanent) throw new Error(`Code not handed over: ${outcome.detail}`);
}
