import { mayTakeBack, withoutDrillMark } from '@holdfast/domain';
import { auditEntry } from '../audit-entry.ts';
import type { Ports } from '../ports.ts';
import type { MailParty } from '../ports/message-parser.ts';
import type { MessageRecord, SubmissionRecord } from '../records/mail.ts';
import { Refusal } from '../refusal.ts';
import { hiddenRecipients } from './hidden-recipients.ts';
import { bytesOf } from './read-message.ts';
import { withMailbox, type UserActor } from './user-access.ts';

/** What trace and ledger say of a delivery that its sender took back. */
export const TAKEN_BACK = 'discarded: taken back by its sender before it left';

export interface UndoneMessage {
  readonly to: readonly MailParty[];
  readonly cc: readonly MailParty[];
  readonly bcc: readonly MailParty[];
  readonly subject: string;
  readonly text: string;
  /** As it was written, without what was quoted below; null: plain text. */
  readonly html: string | null;
  readonly isQuoting: boolean;
  /** The user's item that it answers; null for other mail. */
  readonly answersItem: string | null;
  readonly uploads: readonly {
    readonly id: string;
    readonly fileName: string;
    readonly size: number;
  }[];
}

/**
 * Takes a sent message back before it leaves, and gives what was written. Whether a relay was faster is decided in the
 * transaction that discards it. Refuses: `mailbox.undo-too-early` while the message is not taken in yet,
 * `mailbox.undo-too-late`.
 */
export async function undoSend(
  ports: Ports,
  actor: UserActor,
  input: { readonly key: string },
): Promise<UndoneMessage> {
  const { message } = await find(ports, actor, input.key);
  // Read before it is undone: a message whose bytes cannot be read must not be lost to its author.
  const draft = await readBack(ports, message);
  return withMailbox(ports, actor, 'read', async (repositories) => {
    const now = ports.clock.now();
    const locked = await repositories.mailbox.lockSubmission(actor.userId, input.key);
    if (locked === null) throw tooEarly();
    if (locked.undoneAt === null && !mayTakeBack(locked.deliveries, now)) throw tooLate();
    for (const { part, content, id } of draft.attachments) {
      const { fileName, contentType } = part;
      await repositories.uploads.save({
        id,
        userId: actor.userId,
        fileName,
        contentType,
        content,
        at: now,
      });
    }
    if (locked.undoneAt === null) {
      await repositories.mailbox.undoSubmission(actor.userId, input.key, now, TAKEN_BACK);
      await repositories.audit.append(
        auditEntry(ports, actor, 'mail.taken-back', message.summary.messageId ?? message.id, {
          recipients: locked.deliveries.length,
        }),
      );
      await repositories.notify({
        channel: 'mailbox',
        organisationId: actor.organisationId,
        userIds: [actor.userId],
      });
    }
    const { inReplyTo } = message.summary;
    return {
      to: message.summary.to,
      cc: message.summary.cc,
      bcc: hiddenRecipients(
        [...message.summary.to, ...message.summary.cc],
        locked.deliveries.map(({ recipient }) => recipient),
      ),
      subject:
        message.origin === 'drill'
          ? withoutDrillMark(message.summary.subject)
          : message.summary.subject,
      text: draft.text,
      html: draft.html,
      isQuoting: draft.isQuoting,
      answersItem:
        inReplyTo === null ? null : await repositories.mailbox.findItem(actor.userId, inReplyTo),
      uploads: draft.attachments.map(({ id, part, content }) => ({
        id,
        fileName: part.fileName,
        size: content.byteLength,
      })),
    };
  });
}

async function find(ports: Ports, actor: UserActor, key: string): Promise<SubmissionRecord> {
  return withMailbox(ports, actor, 'read', async ({ mailbox }) => {
    const found = await mailbox.lockSubmission(actor.userId, key);
    if (found === null) throw tooEarly();
    return found;
  });
}

async function readBack(ports: Ports, message: MessageRecord) {
  const bytes = await bytesOf(ports, message);
  const { text, parts } = await ports.format.read(bytes);
  const { html, isQuoting } = await ports.format.written(bytes);
  const attachments = [];
  for (const { index, contentId } of parts) {
    // A picture of what is quoted comes along with it again.
    if (contentId !== null) continue;
    const found = await ports.format.attachment(bytes, index);
    if (found !== null) attachments.push({ ...found, id: ports.identifiers.uuid() });
  }
  return { text, html, isQuoting, attachments };
}

function tooEarly(): Refusal {
  return new Refusal(
    'mailbox.undo-too-early',
    'The message cannot be taken back yet. Try again in a second.',
  );
}

function tooLate(): Refusal {
  return new Refusal(
    'mailbox.undo-too-late',
    'The message has left and cannot be taken back any more. It is in your Sent folder.',
  );
}
