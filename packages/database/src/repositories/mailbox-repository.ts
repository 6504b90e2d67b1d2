import { and, asc, count, eq, gte, isNotNull, isNull, lte, ne, sql } from '../drizzle.ts';
import type { MailboxRepository } from '@holdfast/application';
import { dayOf, MAIL_FOLDERS, type MailFolder } from '@holdfast/domain';
import { deliveries, mailboxItems, messages, submissions } from '../schema/mail.ts';
import { directoryObjects } from '../schema/people.ts';
import { anyUuid, iso, textArray, type Transaction } from '../transaction.ts';
import { toMessage } from './message-row.ts';
import { createFoundItems } from './found-items.ts';
import { createConversationPages } from './conversation-pages.ts';
import { folderItems, listItems, ownFolderNames, toListItem } from './mailbox-items.ts';
import { createOwnFolders, movedAtOf } from './own-folders.ts';
import { createCorrespondents } from './correspondents.ts';
import { createReportsOnSent } from './report-repository.ts';
import { createReleasedItems } from './released-items.ts';
import { createSubmissionRepository } from './submission-repository.ts';

export function createMailboxRepository(
  transaction: Transaction,
  organisationId: string,
): MailboxRepository {
  const own = eq(mailboxItems.organisationId, organisationId);
  const chosen = (userId: string, itemIds: readonly string[]) =>
    and(own, eq(mailboxItems.userId, userId), sql`${mailboxItems.id} = ${anyUuid(itemIds)}`);
  return {
    folders: async (userId, since, now, atMost) =>
      transaction.execute<{ folder: MailFolder; total: number; unread: number }>(sql`
        select folder, total, unread from holdfast_folder_counts(${organisationId}::uuid,
          ${userId}::uuid, ${textArray(MAIL_FOLDERS)}, ${iso(since)}::timestamptz,
          ${iso(now)}::timestamptz, ${atMost})
        where total > 0 order by folder`),
    page: async (userId, folder, since, limit, before) =>
      listItems(
        transaction,
        organisationId,
        await folderItems(transaction, organisationId, { userId, folder, since, limit, before }),
      ),
    get: async (userId, itemId) => {
      const [item] = await transaction
        .select()
        .from(mailboxItems)
        .where(chosen(userId, [itemId]));
      if (item === undefined) return null;
      // Asked by its day: joined, the plan would have the table of every day.
      const [message] = await transaction
        .select()
        .from(messages)
        .where(
          and(
            eq(messages.organisationId, organisationId),
            eq(messages.acceptedDay, item.acceptedDay),
            eq(messages.id, item.messageId),
          ),
        );
      if (message === undefined) return null;
      const names = await ownFolderNames(transaction, organisationId, [item]);
      return { item: toListItem(item, message, names), message: toMessage(message) };
    },
    setRead: async (userId, itemIds, isRead, at) => {
      await transaction
        .update(mailboxItems)
        .set({ isRead, changedAt: at, touchedAt: at })
        .where(and(chosen(userId, itemIds), ne(mailboxItems.isRead, isRead)));
    },
    readAll: async (userId, folder, window, at) => {
      const rows = await transaction
        .update(mailboxItems)
        .set({ isRead: true, changedAt: at, touchedAt: at })
        .where(
          and(
            own,
            eq(mailboxItems.userId, userId),
            eq(mailboxItems.folder, folder),
            eq(mailboxItems.isRead, false),
            gte(mailboxItems.receivedAt, window.since),
            lte(mailboxItems.receivedAt, window.until),
          ),
        )
        .returning({ id: mailboxItems.id });
      return rows.length;
    },
    undoReadAll: async (userId, folder, markedAt, at) => {
      const rows = await transaction
        .update(mailboxItems)
        .set({ isRead: false, changedAt: at, touchedAt: at })
        .where(
          and(
            own,
            eq(mailboxItems.userId, userId),
            eq(mailboxItems.folder, folder),
            eq(mailboxItems.isRead, true),
            eq(mailboxItems.touchedAt, markedAt),
          ),
        )
        .returning({ id: mailboxItems.id });
      return rows.length;
    },
    setFlagged: async (userId, itemIds, value, at) => {
      await transaction
        .update(mailboxItems)
        .set({ isFlagged: value, changedAt: at, touchedAt: at })
        .where(and(chosen(userId, itemIds), ne(mailboxItems.isFlagged, value)));
    },
    move: async (userId, itemIds, folder, at) => {
      await transaction
        .update(mailboxItems)
        .set({
          folder,
          changedAt: at,
          touchedAt: at,
          movedAt: movedAtOf(organisationId, folder, at),
        })
        .where(and(chosen(userId, itemIds), ne(mailboxItems.folder, folder)));
    },
    ...createConversationPages(transaction, organisationId),
    ...createFoundItems(transaction, organisationId),
    ...createOwnFolders(transaction, organisationId),
    ...createReleasedItems(transaction, organisationId),
    ...createReportsOnSent(transaction, organisationId),
    ...createSubmissionRepository(transaction, organisationId),
    ...createCorrespondents(transaction, organisationId),
    ...sentMail(transaction, organisationId),
  };
}

/** What was written in a drill is put back nowhere, and counted nowhere. */
const notOfDrill = ne(messages.origin, 'drill');

const itemOfMessage = and(
  eq(messages.acceptedDay, mailboxItems.acceptedDay),
  eq(messages.id, mailboxItems.messageId),
  eq(messages.organisationId, mailboxItems.organisationId),
);

/** A sent item is its author's view of a submission, whatever folder it was moved to since. */
function sentMail(
  transaction: Transaction,
  organisationId: string,
): Pick<
  MailboxRepository,
  'sentToPutBack' | 'sentItem' | 'recipientsOf' | 'writtenBy' | 'markPutBack' | 'sentCounts'
> {
  const sent = () =>
    transaction
      .select({ item: mailboxItems, message: messages, address: directoryObjects.primaryAddress })
      .from(submissions)
      .innerJoin(
        mailboxItems,
        and(
          eq(mailboxItems.organisationId, submissions.organisationId),
          eq(mailboxItems.acceptedDay, submissions.acceptedDay),
          eq(mailboxItems.messageId, submissions.messageId),
          eq(mailboxItems.userId, submissions.userId),
        ),
      )
      .innerJoin(messages, and(itemOfMessage, notOfDrill))
      .innerJoin(
        directoryObjects,
        and(
          eq(directoryObjects.organisationId, mailboxItems.organisationId),
          eq(directoryObjects.id, mailboxItems.userId),
        ),
      );
  const own = eq(submissions.organisationId, organisationId);
  return {
    sentToPutBack: async (since, eventId) => {
      const rows = await sent()
        .where(
          and(
            own,
            gte(submissions.acceptedAt, since),
            isNull(submissions.undoneAt),
            isNull(mailboxItems.putBackAt),
            sql`not exists (select from put_back_items known
              where known.organisation_id = ${organisationId} and known.event_id = ${eventId}
                and known.item_id = ${mailboxItems.id} and known.kind = 'sent'
                and known.outcome <> 'waiting')`,
          ),
        )
        .orderBy(asc(submissions.acceptedAt), asc(mailboxItems.id));
      return rows.map(({ item, message, address }) => ({
        itemId: item.id,
        userId: item.userId,
        message: toMessage(message),
        address,
      }));
    },
    sentItem: async (itemId) => {
      const [row] = await sent().where(and(own, eq(mailboxItems.id, itemId)));
      if (row === undefined) return null;
      const { item, message, address } = row;
      return {
        itemId,
        userId: item.userId,
        message: toMessage(message),
        address,
        putBackAt: item.putBackAt,
      };
    },
    recipientsOf: async ({ id, acceptedAt }) => {
      const rows = await transaction
        .select({ recipient: deliveries.recipient })
        .from(deliveries)
        .where(
          and(
            eq(deliveries.organisationId, organisationId),
            eq(deliveries.acceptedDay, dayOf(acceptedAt)),
            eq(deliveries.messageId, id),
          ),
        )
        .orderBy(deliveries.recipient);
      return rows.map(({ recipient }) => recipient);
    },
    writtenBy: async (userId, since) => {
      const rows = await sent()
        .where(
          and(
            own,
            eq(submissions.userId, userId),
            gte(submissions.acceptedAt, since),
            isNull(submissions.undoneAt),
          ),
        )
        .orderBy(asc(submissions.acceptedAt), asc(mailboxItems.id));
      return rows.map(({ message }) => toMessage(message));
    },
    markPutBack: async (itemId, at) => {
      await transaction
        .update(mailboxItems)
        .set({ putBackAt: at })
        .where(and(eq(mailboxItems.organisationId, organisationId), eq(mailboxItems.id, itemId)));
    },
    sentCounts: async (since, userId) => {
      const [row] = await transaction
        .select({ sent: count(), putBack: count(mailboxItems.putBackAt) })
        .from(submissions)
        .leftJoin(
          mailboxItems,
          and(
            eq(mailboxItems.organisationId, submissions.organisationId),
            eq(mailboxItems.acceptedDay, submissions.acceptedDay),
            eq(mailboxItems.messageId, submissions.messageId),
            eq(mailboxItems.userId, submissions.userId),
          ),
        )
        .where(
          and(
            own,
            gte(submissions.acceptedAt, since),
            userId === undefined ? undefined : eq(submissions.userId, userId),
            isNull(submissions.undoneAt),
            isNotNull(submissions.storedAt),
            sql`not exists (select from drill_messages practised
              where practised.organisation_id = ${organisationId}
                and practised.message_id = ${submissions.messageId})`,
          ),
        );
      return { sent: row?.sent ?? 0, putBack: row?.putBack ?? 0 };
    },
  };
}
