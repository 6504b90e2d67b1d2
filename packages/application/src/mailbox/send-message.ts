import { MAX_SUBMISSION_BYTES } from '@holdfast/contracts';
import { markDrill } from '@holdfast/domain';
import type { Ports } from '../ports.ts';
import type { ComposeInput } from '../ports/message-parser.ts';
import { SpoolRefusedError } from '../ports/spool.ts';
import type { MessageRecord } from '../records/mail.ts';
import type { DomainKeyRecord } from '../records/organisation.ts';
import { sealContext } from '../domains/signing-keys.ts';
import { Refusal } from '../refusal.ts';
import { bytesOf } from './read-message.ts';
import type { UserActor } from './user-access.ts';
import { composeBody } from './writing/compose-body.ts';
import {
  hostOf,
  messageIdOf,
  prepareSending,
  tooBig,
  type PreparedMessage,
  type SendMessageInput,
  type SentMessage,
} from './writing/prepare-sending.ts';
import { settleDraft } from './writing/settle-draft.ts';

/**
 * Sends from the emergency mailbox: composed here, durable in the spool before this resolves, then queued like any
 * mail, to leave when the time to take it back is over. The client's key makes a repeated call harmless: it is claimed
 * before anything is stored. In a drill it goes the same way and has no recipients: other participants see it here, and
 * nothing leaves (decision 0045). Throws `mailbox.*` and `spool.refused`.
 */
export async function sendMessage(
  ports: Ports,
  actor: UserActor,
  input: SendMessageInput,
): Promise<SentMessage> {
  const prepared = await prepareSending(ports, actor, input);
  if (prepared.earlier !== null) return prepared.earlier;
  try {
    await store(ports, actor, input, prepared);
  } catch (error) {
    await ports.database.withinOrganisation(actor.organisationId, ({ mailbox }) =>
      mailbox.releaseSubmission(actor.userId, input.key),
    );
    throw error;
  }
  const { digest, undoUntil } = prepared;
  await settleDraft(ports, actor, {
    ...input,
    digest,
    base: input.base ?? null,
    device: input.device ?? null,
  });
  return { messageId: messageIdOf(ports, input.key), undoUntil };
}

async function store(
  ports: Ports,
  actor: UserActor,
  input: SendMessageInput,
  prepared: PreparedMessage,
): Promise<void> {
  const { at, undoUntil } = prepared;
  const messageId = messageIdOf(ports, input.key);
  const body = await ports.format.compose(await composition(ports, prepared, input, messageId, at));
  if (body.byteLength > 2 * MAX_SUBMISSION_BYTES) throw tooBig();
  try {
    await ports.spool.append(
      {
        id: prepared.id,
        acceptedAt: at,
        origin: prepared.practised === null ? 'submission' : 'drill',
        class: 'copy',
        organisationId: actor.organisationId,
        envelope: {
          from: prepared.user.primaryAddress,
          recipients: prepared.recipients,
          bodyType: '8BITMIME',
          smtpUtf8: false,
          client: { ip: actor.ip ?? '127.0.0.1', helo: hostOf(ports), tls: null },
          authentication: null,
          senderAuthenticated: true,
        },
        traceHeaders: signatureOf(ports, actor.organisationId, prepared.signingKey, body, at),
        snapshotVersion: 0,
        notBefore: undoUntil,
        submission: { userId: actor.userId, key: input.key },
        ...(prepared.practised !== null && { practised: prepared.practised }),
      },
      body,
    );
  } catch (error) {
    if (!(error instanceof SpoolRefusedError)) throw error;
    ports.log.error('submission refused by the spool', { reason: error.reason });
    throw new Refusal(
      'spool.refused',
      'The message could not be stored and was not sent. It is still here: try again in a minute.',
    );
  }
}

/**
 * Made once, over the final bytes, and stored with them: every attempt sends the same. A key that cannot be opened is a
 * fault of ours and no reason to keep somebody's mail.
 */
function signatureOf(
  ports: Ports,
  organisationId: string,
  key: DomainKeyRecord | null,
  body: Uint8Array,
  at: number,
): string {
  if (key === null || key.sealedPrivateKey === null) return '';
  const { domain, selector } = key;
  try {
    const context = sealContext(organisationId, domain, selector);
    const privateKey = ports.secrets.open(key.sealedPrivateKey, context);
    return ports.signer.sign(body, { domain, selector, privateKey, at });
  } catch (error) {
    ports.log.error('message leaves unsigned', { domain, selector, error: String(error) });
    return '';
  }
}

async function composition(
  ports: Ports,
  prepared: PreparedMessage,
  input: SendMessageInput,
  messageId: string,
  date: number,
): Promise<ComposeInput> {
  const party = (address: string): { readonly name: string; readonly address: string } => ({
    name: input.names?.[address] ?? '',
    address: address.trim(),
  });
  const { about } = prepared;
  const answered = input.about?.mode === 'reply' ? about : null;
  const forwarded =
    input.about?.mode === 'forward' && about !== null
      ? await attachmentsOf(ports, about, input.about.parts ?? null)
      : [];
  const { text, html, pictures } = await composeBody(ports, input, about);
  return {
    messageId,
    date,
    from: { name: prepared.user.displayName, address: prepared.user.primaryAddress },
    to: input.to.map(party),
    cc: input.cc.map(party),
    subject: prepared.practised === null ? input.subject : markDrill(input.subject),
    text,
    html,
    inReplyTo: answered?.summary.messageId ?? null,
    references:
      answered === null
        ? []
        : [
            ...answered.summary.references,
            ...(answered.summary.messageId === null ? [] : [answered.summary.messageId]),
          ],
    attachments: [...prepared.uploads, ...forwarded, ...pictures],
    headers: {},
  };
}

async function attachmentsOf(
  ports: Ports,
  message: MessageRecord,
  wanted: readonly number[] | null,
): Promise<ComposeInput['attachments']> {
  const bytes = await bytesOf(ports, message);
  const { parts } = await ports.format.read(bytes);
  const found: ComposeInput['attachments'][number][] = [];
  for (const part of parts) {
    if (wanted !== null && !wanted.includes(part.index)) continue;
    const attachment = await ports.format.attachment(bytes, part.index);
    if (attachment !== null)
      found.push({
        fileName: part.fileName,
        contentType: part.contentType,
        content: attachment.content,
      });
  }
  return found;
}
