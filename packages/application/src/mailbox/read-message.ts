import type { Ports } from '../ports.ts';
import { MessageGoneError, MessageTooBigError, type SpoolOrigin } from '../ports/spool.ts';
import type { AttachmentPart, ReadableMessage } from '../ports/message-parser.ts';
import type { MailboxRepository } from '../ports/repositories/mailbox-repository.ts';
import type { MailboxListItem, MessageRecord, TraceRow } from '../records/mail.ts';
import { Refusal } from '../refusal.ts';
import { readStored } from '../mail-flow/stored-message.ts';
import { gatherSenderFacts, NOTHING_KNOWN, type KnownOfSender } from './gather-sender-facts.ts';
import { withMailbox, type UserActor } from './user-access.ts';

/** Largest message that is opened in the mailbox. Unit: bytes. */
export const READ_LIMIT = 64 * 1024 * 1024;

export interface OpenedMessage {
  readonly item: MailboxListItem;
  readonly message: ReadableMessage;
  readonly deliveries: readonly TraceRow[];
  /** Of what was written here: everybody of its envelope. */
  readonly recipients: readonly string[];
  /** What other systems reported of it by mail, where this user sent it. */
  readonly reports: Awaited<ReturnType<MailboxRepository['reportsOn']>>;
  /** Where the message is that it reports on, when that was sent here. */
  readonly reportedItemId: string | null;
  readonly outageSince: number | null;
  readonly sender: KnownOfSender;
  /** How it came: only what a stranger handed in over SMTP needs proof of who wrote it. */
  readonly origin: SpoolOrigin;
}

/** One message, sanitised, marked as read. Throws `mailbox.not-found`, `mailbox.message-gone`, `mailbox.too-big`. */
export async function readMessage(
  ports: Ports,
  actor: UserActor,
  input: { readonly itemId: string },
): Promise<OpenedMessage> {
  const found = await withMailbox(ports, actor, 'read', async (repositories) => {
    const { mailbox, mailFlow } = repositories;
    const opened = await mailbox.get(actor.userId, input.itemId);
    if (opened === null) throw notFound();
    const own = opened.item.folder === 'sent' ? opened.message.summary.messageId : null;
    const deliveries =
      own === null ? [] : await mailFlow.trace({ messageId: own, recipient: null, limit: 200 });
    const recipients =
      opened.message.origin === 'submission' && own !== null
        ? await mailbox.recipientsOf(opened.message)
        : [];
    const reports = own === null ? [] : await mailbox.reportsOn(actor.userId, opened.message);
    const about = opened.item.report?.messageId ?? null;
    const reportedItemId = about === null ? null : await mailbox.itemOf(actor.userId, about);
    const event = await repositories.events.current();
    const sender =
      own === null ? await gatherSenderFacts(repositories, opened.item) : NOTHING_KNOWN;
    return {
      ...opened,
      deliveries,
      recipients,
      reports,
      reportedItemId,
      outageSince: event?.outageSince ?? null,
      sender,
    };
  });
  const message = await ports.format.read(await bytesOf(ports, found.message));
  if (!found.item.isRead) {
    await withMailbox(ports, actor, 'read', ({ mailbox }) =>
      mailbox.setRead(actor.userId, [input.itemId], true, ports.clock.now()),
    );
  }
  return {
    item: { ...found.item, isRead: true },
    message,
    deliveries: found.deliveries,
    recipients: found.recipients,
    reports: found.reports,
    reportedItemId: found.reportedItemId,
    outageSince: found.outageSince,
    sender: found.sender,
    origin: found.message.origin,
  };
}

/** One leaf part, for download. */
export async function openAttachment(
  ports: Ports,
  actor: UserActor,
  input: { readonly itemId: string; readonly index: number },
): Promise<{ readonly part: AttachmentPart; readonly content: Uint8Array }> {
  const found = await withMailbox(ports, actor, 'read', ({ mailbox }) =>
    mailbox.get(actor.userId, input.itemId),
  );
  if (found === null) throw notFound();
  const attachment = await ports.format.attachment(
    await bytesOf(ports, found.message),
    input.index,
  );
  if (attachment === null) throw notFound();
  return attachment;
}

export function notFound(): Refusal {
  return new Refusal(
    'mailbox.not-found',
    'That message is not in your mailbox. It may have been moved; go back to the list.',
  );
}

export async function bytesOf(ports: Ports, message: MessageRecord): Promise<Uint8Array> {
  try {
    return await readStored(ports, message, READ_LIMIT);
  } catch (error) {
    throw refusalOfStore(ports, message, error);
  }
}

/** What a reader is told when the bytes cannot be had; anything else stays what it is. */
export function refusalOfStore(ports: Ports, message: MessageRecord, error: unknown): unknown {
  if (error instanceof MessageTooBigError) {
    return new Refusal(
      'mailbox.too-big',
      'This message is too large to be opened here. It reaches Office 365 unchanged.',
    );
  }
  if (error instanceof MessageGoneError) {
    ports.log.error('message bytes are missing', { id: message.id });
    return new Refusal(
      'mailbox.message-gone',
      'This message cannot be opened at the moment. Your administrators were told.',
    );
  }
  return error;
}
