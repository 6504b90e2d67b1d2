import { domainOf, parseAddress, withoutSubaddress } from '@holdfast/domain';
import { MAX_SUBMISSION_BYTES } from '@holdfast/contracts';
import type { Ports } from '../ports.ts';
import type { ComposeInput } from '../ports/message-parser.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { SpoolRefusedError, type EnvelopeRecipient } from '../ports/spool.ts';
import type { DirectoryRecord } from '../records/people.ts';
import type { MessageRecord } from '../records/mail.ts';
import type { DomainKeyRecord } from '../records/organisation.ts';
import { sealContext, signingKeyOf } from '../domains/signing-keys.ts';
import { Refusal } from '../refusal.ts';
import { bytesOf } from './read-message.ts';
import { withMailbox, type UserActor } from './user-access.ts';

export interface SendMessageInput {
  readonly key: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly about: { readonly itemId: string; readonly mode: 'reply' | 'forward' } | null;
  readonly uploadIds: readonly string[];
}

export interface SentMessage {
  readonly messageId: string;
  /** Until then `undoSend` takes it back; null: it has left or leaves at once. */
  readonly undoUntil: number | null;
}

interface Prepared {
  /** This very message was sent before. */
  readonly earlier: SentMessage | null;
  readonly user: DirectoryRecord;
  readonly recipients: readonly EnvelopeRecipient[];
  readonly uploads: ComposeInput['attachments'];
  readonly about: MessageRecord | null;
  /** Null: the domain has no key whose record was seen, and the message leaves unsigned. */
  readonly signingKey: DomainKeyRecord | null;
}

/**
 * Sends from the emergency mailbox: composed here, durable in the spool before this resolves, then queued like any
 * mail, to leave when the time to take it back is over. The client's key makes a repeated call harmless. Throws
 * `mailbox.*` and `spool.refused`.
 */
export async function sendMessage(
  ports: Ports,
  actor: UserActor,
  input: SendMessageInput,
): Promise<SentMessage> {
  const prepared = await prepare(ports, actor, input);
  if (prepared.earlier !== null) return prepared.earlier;
  const id = ports.identifiers.uuid();
  const at = ports.clock.now();
  const undoUntil = undoUntilOf(ports, at);
  const messageId = messageIdOf(ports, input.key);
  const body = await ports.format.compose(await composition(ports, prepared, input, messageId, at));
  if (body.byteLength > 2 * MAX_SUBMISSION_BYTES) throw tooBig();
  try {
    await ports.spool.append(
      {
        id,
        acceptedAt: at,
        origin: 'submission',
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
  if (input.uploadIds.length > 0) {
    await ports.database.withinOrganisation(actor.organisationId, ({ uploads }) =>
      uploads.remove(actor.userId, input.uploadIds),
    );
  }
  return { messageId, undoUntil };
}

/** Null: it leaves at once. */
function undoUntilOf(ports: Ports, sentAt: number): number | null {
  return ports.settings.undoSend === 0 ? null : sentAt + ports.settings.undoSend;
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

/** The same for every call with this key, and never made anew. */
function messageIdOf(ports: Ports, key: string): string {
  return `<${key}@${hostOf(ports)}>`;
}

function hostOf(ports: Ports): string {
  return ports.settings.ourHosts[0] ?? 'localhost';
}

function tooBig(): Refusal {
  return new Refusal(
    'mailbox.too-big',
    `The message is larger than ${MAX_SUBMISSION_BYTES / 1024 / 1024} MB. Remove an attachment.`,
  );
}

async function prepare(ports: Ports, actor: UserActor, input: SendMessageInput): Promise<Prepared> {
  const addresses = readAddresses(input);
  return withMailbox(ports, actor, 'write', async (repositories, user) => {
    const earlier = await repositories.mailbox.findSubmission(actor.userId, input.key);
    const uploads = await repositories.uploads.read(actor.userId, input.uploadIds);
    if (earlier === null && uploads.length !== input.uploadIds.length) {
      throw new Refusal(
        'mailbox.upload-missing',
        'An attachment did not arrive. Remove it and add it again.',
      );
    }
    if (
      uploads.reduce((total, upload) => total + upload.content.byteLength, 0) > MAX_SUBMISSION_BYTES
    )
      throw tooBig();
    const about =
      input.about === null
        ? null
        : await repositories.mailbox.get(actor.userId, input.about.itemId);
    return {
      earlier: earlier === null ? null : sentBefore(ports, input.key, earlier),
      user,
      recipients: await resolve(repositories, actor.organisationId, addresses),
      uploads: uploads.map(({ fileName, contentType, content }) => ({
        fileName,
        contentType,
        content,
      })),
      about: about?.message ?? null,
      signingKey: signingKeyOf(
        await repositories.domainKeys.ofDomain(domainOf(user.primaryAddress)),
      ),
    };
  });
}

type Submission = NonNullable<
  Awaited<ReturnType<OrganisationRepositories['mailbox']['findSubmission']>>
>;

function sentBefore(ports: Ports, key: string, { acceptedAt, undoneAt }: Submission): SentMessage {
  if (undoneAt !== null) {
    throw new Refusal(
      'mailbox.taken-back',
      'You took this message back. Send it again from the draft.',
    );
  }
  const undoUntil = undoUntilOf(ports, acceptedAt);
  const passed = undoUntil !== null && undoUntil <= ports.clock.now();
  return { messageId: messageIdOf(ports, key), undoUntil: passed ? null : undoUntil };
}

function readAddresses(input: SendMessageInput): readonly string[] {
  const typed = [...input.to, ...input.cc];
  if (typed.length === 0)
    throw new Refusal('mailbox.no-recipient', 'Name at least one recipient.', {
      to: 'Name at least one recipient.',
    });
  const addresses = typed.map((one) => {
    const address = parseAddress(one);
    if (address === null) {
      const sentence = `“${one}” is not an email address.`;
      throw new Refusal('mailbox.bad-recipient', sentence, { to: sentence });
    }
    return address;
  });
  return [...new Set(addresses)];
}

/** Colleagues stay inside: their mail waits for the tenant and shows in their emergency mailbox at once. */
async function resolve(
  repositories: OrganisationRepositories,
  organisationId: string,
  addresses: readonly string[],
): Promise<readonly EnvelopeRecipient[]> {
  const own = new Map((await repositories.domains.list()).map((domain) => [domain.name, domain]));
  const recipients: EnvelopeRecipient[] = [];
  for (const address of addresses) {
    // Guests and contacts are in the directory too, and their mailbox is elsewhere: the domain decides.
    const domain = own.get(address.slice(address.lastIndexOf('@') + 1));
    const inside = domain !== undefined;
    const complete = domain?.recipientList.complete === true;
    const object = inside ? await repositories.directory.findByAddress(address) : null;
    if (inside && object === null && complete && withoutSubaddress(address) === address) {
      const sentence = `There is no ${address} in your organisation. Check the address.`;
      throw new Refusal('mailbox.bad-recipient', sentence, { to: sentence });
    }
    recipients.push({
      address,
      organisationId: inside ? organisationId : null,
      kind: object?.kind ?? null,
      protected: object?.protected ?? false,
      verdict: 'deliver',
      reason: 'clean',
    });
  }
  return recipients;
}

async function composition(
  ports: Ports,
  prepared: Prepared,
  input: SendMessageInput,
  messageId: string,
  date: number,
): Promise<ComposeInput> {
  const party = (address: string): { readonly name: string; readonly address: string } => ({
    name: '',
    address: address.trim(),
  });
  const { about } = prepared;
  const answered = input.about?.mode === 'reply' ? about : null;
  const forwarded =
    input.about?.mode === 'forward' && about !== null ? await attachmentsOf(ports, about) : [];
  return {
    messageId,
    date,
    from: { name: prepared.user.displayName, address: prepared.user.primaryAddress },
    to: input.to.map(party),
    cc: input.cc.map(party),
    subject: input.subject,
    text: input.text,
    html: null,
    inReplyTo: answered?.summary.messageId ?? null,
    references:
      answered === null
        ? []
        : [
            ...answered.summary.references,
            ...(answered.summary.messageId === null ? [] : [answered.summary.messageId]),
          ],
    attachments: [...prepared.uploads, ...forwarded],
    headers: {},
  };
}

async function attachmentsOf(
  ports: Ports,
  message: MessageRecord,
): Promise<ComposeInput['attachments']> {
  const bytes = await bytesOf(ports, message);
  const { parts } = await ports.format.read(bytes);
  const found: ComposeInput['attachments'][number][] = [];
  for (const part of parts) {
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
