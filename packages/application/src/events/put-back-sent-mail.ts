import type { EmergencyEvent, Instant } from '@holdfast/domain';
import { openCredentials } from '../organisations/open-credentials.ts';
import type { Job } from '../jobs.ts';
import type { ReadableMessage } from '../ports/message-parser.ts';
import type { SentItem } from '../ports/office365/tenant-mailbox.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import type { MessageRecord } from '../records/mail.ts';
import type { TenantCredentials } from '../ports/office365/tenant-credentials.ts';
import { hiddenRecipients } from '../mailbox/hidden-recipients.ts';
import { readStored } from '../mail-flow/stored-message.ts';
import { queueCarryBack } from './carry-back.ts';
import { finalFailure, PUT_BACK_ROUND, type PutBackResult } from './put-back-outcome.ts';
import { eventBegan } from './covered-users.ts';

/** Largest sent message that is put back. Unit: bytes; above what the composer allows with its transfer encoding. */
const PUT_BACK_LIMIT = 64 * 1024 * 1024;

/** Job handler: the first look right after the end. */
export async function fanOutPutBack(ports: Ports, job: Job<'event.put-back'>): Promise<void> {
  const { organisationId, eventId } = job.payload;
  await ports.database.withinOrganisation(organisationId, async (repositories) => {
    const event = await repositories.events.get(eventId);
    if (event === null) return;
    const now = ports.clock.now();
    await queuePutBack(repositories, organisationId, event, now);
    await queueCarryBack(repositories, organisationId, event, now);
  });
}

/**
 * One job per message that users wrote during the event and that is not in the tenant's Sent Items yet. Asking again
 * within the hour sends nothing twice. Returns how many there are.
 */
export async function queuePutBack(
  repositories: Pick<OrganisationRepositories, 'mailbox' | 'jobs'>,
  organisationId: string,
  event: EmergencyEvent,
  now: Instant,
  round: number = Math.floor(now / PUT_BACK_ROUND),
): Promise<number> {
  const missing = await repositories.mailbox.sentToPutBack(eventBegan(event), event.id);
  for (const { itemId } of missing) {
    await repositories.jobs.send({
      name: 'event.put-back-item',
      payload: { organisationId, eventId: event.id, itemId },
      id: `event.put-back-item:${event.id}:${itemId}:${round}`,
      startAfter: null,
    });
  }
  return missing.length;
}

/**
 * Puts one sent message into the user's Sent Items with its own date. Safe to repeat: the adapter looks for the
 * Message-ID first. Throws while Office 365 refuses, so that the job is retried.
 */
export async function putBackSentItem(
  ports: Ports,
  job: Job<'event.put-back-item'>,
): Promise<void> {
  const { organisationId, eventId, itemId } = job.payload;
  const credentials = await openCredentials(ports, organisationId);
  if (credentials === null) throw new Error('No connection to Office 365');
  const sent = await ports.database.withinOrganisation(organisationId, async ({ mailbox }) => {
    const item = await mailbox.sentItem(itemId);
    return item && { ...item, recipients: await mailbox.recipientsOf(item.message) };
  });
  if (sent === null || sent.putBackAt !== null) return;
  const { outcome, detail } = await putOne(ports, credentials, sent);
  const at = ports.clock.now();
  await ports.database.withinOrganisation(organisationId, async ({ mailbox, putBack }) => {
    const tries = ((await putBack.entry(eventId, itemId, 'sent'))?.tries ?? 0) + 1;
    const { userId } = sent;
    await putBack.save(eventId, { itemId, userId, kind: 'sent', outcome, detail, tries, at });
    if (outcome === 'done') await mailbox.markPutBack(itemId, at);
  });
}

interface SentMail {
  readonly message: MessageRecord;
  readonly address: string;
  /** Of the envelope. */
  readonly recipients: readonly string[];
}

/** What waiting does not mend is an outcome; everything else is thrown, for the job to be retried. */
async function putOne(
  ports: Ports,
  credentials: TenantCredentials,
  sent: SentMail,
): Promise<PutBackResult> {
  const { message, address } = sent;
  const bytes = await readStored(ports, message, PUT_BACK_LIMIT);
  const headers = headerText(bytes);
  if (isWholeOnly(headers)) return { outcome: 'whole-only', detail: null };
  const readable = await ports.format.read(bytes);
  const item = await sentItemOf(ports, sent, bytes, readable, headers);
  try {
    await ports.tenantMailbox.putSentItem(credentials, address, item);
    return { outcome: 'done', detail: null };
  } catch (error) {
    return finalFailure(error);
  }
}

/** Longest header that is kept as it was. Unit: bytes. */
const MAX_HEADER = 64 * 1024;

function headerText(bytes: Uint8Array): string {
  const text = Array.from(bytes.subarray(0, MAX_HEADER), (byte) => String.fromCharCode(byte)).join(
    '',
  );
  const end = text.indexOf('\r\n\r\n');
  return end === -1 ? text : text.slice(0, end + 2);
}

/**
 * Signed, encrypted, or an invitation: what Graph makes of its parts would be another message (reference 5b). It is offered
 * as a file instead (decision 0033).
 */
const WHOLE_ONLY =
  /^content-type:\s*(?:multipart\/(?:signed|encrypted)|application\/(?:x-)?pkcs7-mime|text\/calendar)/im;

function isWholeOnly(headers: string): boolean {
  return WHOLE_ONLY.test(headers);
}

async function sentItemOf(
  ports: Ports,
  { message, recipients }: SentMail,
  bytes: Uint8Array,
  readable: ReadableMessage,
  headers: string,
): Promise<SentItem> {
  const attachments: SentItem['attachments'][number][] = [];
  for (const part of readable.parts) {
    const found = await ports.format.attachment(bytes, part.index);
    if (found === null) continue;
    attachments.push({
      fileName: part.fileName,
      contentType: part.contentType,
      content: found.content,
      contentId: part.contentId,
      inline: part.inline,
    });
  }
  return {
    messageId: readable.messageId ?? '',
    sentAt: readable.sentAt ?? message.acceptedAt,
    from: readable.from ?? { name: '', address: '' },
    to: readable.to,
    cc: readable.cc,
    bcc: hiddenRecipients([...readable.to, ...readable.cc], recipients),
    subject: readable.subject,
    text: readable.text,
    html: readable.html === null ? null : ports.format.forMailPrograms(readable.html),
    inReplyTo: readable.inReplyTo,
    references: readable.references,
    attachments,
    transportHeaders: headers,
    marker: message.id,
  };
}
