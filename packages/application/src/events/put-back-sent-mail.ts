import { HOUR, type EmergencyEvent, type Instant } from '@holdfast/domain';
import { openCredentials } from '../organisations/open-credentials.ts';
import type { Job } from '../jobs.ts';
import type { ReadableMessage } from '../ports/message-parser.ts';
import type { SentItem } from '../ports/office365/tenant-mailbox.ts';
import type { Ports } from '../ports.ts';
import type { OrganisationRepositories } from '../ports/repositories/organisation-repositories.ts';
import { readStored } from '../mail-flow/stored-message.ts';
import { eventBegan } from './covered-users.ts';

/** Largest sent message that is put back. Unit: bytes; above what the composer allows with its transfer encoding. */
const PUT_BACK_LIMIT = 64 * 1024 * 1024;

/** What could not be put back is asked for anew this often, beyond the retries of its job. */
const PUT_BACK_ROUND = HOUR;

/** Job handler: the first look right after the end. */
export async function fanOutPutBack(ports: Ports, job: Job<'event.put-back'>): Promise<void> {
  const { organisationId, eventId } = job.payload;
  await ports.database.withinOrganisation(organisationId, async (repositories) => {
    const event = await repositories.events.get(eventId);
    if (event !== null) await queuePutBack(repositories, organisationId, event, ports.clock.now());
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
): Promise<number> {
  const missing = await repositories.mailbox.sentToPutBack(eventBegan(event));
  const round = Math.floor(now / PUT_BACK_ROUND);
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
  const { organisationId, itemId } = job.payload;
  const credentials = await openCredentials(ports, organisationId);
  if (credentials === null) throw new Error('No connection to Office 365');
  const sent = await ports.database.withinOrganisation(organisationId, ({ mailbox }) =>
    mailbox.sentItem(itemId),
  );
  if (sent === null || sent.putBackAt !== null) return;
  const bytes = await readStored(ports, sent.message, PUT_BACK_LIMIT);
  const readable = await ports.format.read(bytes);
  await ports.tenantMailbox.putSentItem(
    credentials,
    sent.address,
    await sentItemOf(ports, sent.message.acceptedAt, bytes, readable),
  );
  await ports.database.withinOrganisation(organisationId, ({ mailbox }) =>
    mailbox.markPutBack(itemId, ports.clock.now()),
  );
}

async function sentItemOf(
  ports: Ports,
  sentAt: number,
  bytes: Uint8Array,
  readable: ReadableMessage,
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
    sentAt: readable.sentAt ?? sentAt,
    from: readable.from ?? { name: '', address: '' },
    to: readable.to,
    cc: readable.cc,
    bcc: readable.bcc,
    subject: readable.subject,
    text: readable.text,
    html: readable.html,
    inReplyTo: readable.inReplyTo,
    references: readable.references,
    attachments,
  };
}
