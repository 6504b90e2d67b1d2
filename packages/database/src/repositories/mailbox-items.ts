import { getTableColumns, sql } from '../drizzle.ts';
import type { MailboxListItem } from '@holdfast/application';
import type { Instant, MailFolder } from '@holdfast/domain';
import type { SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { mailboxItems, messages } from '../schema/mail.ts';
import { anyText, iso, textArray, type Transaction } from '../transaction.ts';

type ItemRow = typeof mailboxItems.$inferSelect;

/** A cursor that leaves nothing out. */
const AFTER_ALL = {
  receivedAt: Date.UTC(2999, 0, 1),
  id: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
};

/** Items of a folder, newest first, before a cursor. */
export async function folderItems(
  transaction: Transaction,
  organisationId: string,
  page: {
    readonly userId: string;
    readonly folder: MailFolder;
    readonly since: Instant;
    readonly limit: number;
    readonly before: { readonly receivedAt: Instant; readonly id: string } | null;
  },
): Promise<readonly ItemRow[]> {
  const { userId, folder, since, limit } = page;
  const before = page.before ?? AFTER_ALL;
  const rows = sql`holdfast_folder_page(${organisationId}::uuid, ${userId}::uuid, ${folder},
      ${iso(since)}::timestamptz, ${iso(before.receivedAt)}::timestamptz, ${before.id}::uuid,
      ${limit}) as mailbox_items`;
  return rowsFrom(transaction, mailboxItems, rows);
}

/** Rows of a function that gives back those of a table, read as drizzle reads the table's. */
async function rowsFrom<T extends PgTable>(
  transaction: Transaction,
  table: T,
  rows: SQL,
): Promise<T['$inferSelect'][]> {
  const columns = Object.entries(getTableColumns(table)).map(([name, column]) => [
    name,
    sql`${sql.identifier(column.name)}`.mapWith(column),
  ]);
  const fields = Object.fromEntries(columns) as Record<string, SQL>;
  return (await transaction.select(fields).from(rows)) as T['$inferSelect'][];
}

/** With their messages, in the order given. */
export async function listItems(
  transaction: Transaction,
  organisationId: string,
  items: readonly ItemRow[],
): Promise<readonly MailboxListItem[]> {
  if (items.length === 0) return [];
  const wanted = sql`holdfast_messages(${organisationId}::uuid,
      ${textArray(items.map(({ acceptedDay }) => acceptedDay))}::date[],
      ${textArray(items.map(({ messageId }) => messageId))}::uuid[]) as messages`;
  const rows = await rowsFrom(transaction, messages, wanted);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const names = await ownFolderNames(transaction, organisationId, items);
  return items.flatMap((item) => {
    const message = byId.get(item.messageId);
    return message === undefined ? [] : [toListItem(item, message, names)];
  });
}

/** Of the folders that these items lie in, all of one reader; most lie in none. */
export async function ownFolderNames(
  transaction: Transaction,
  organisationId: string,
  items: readonly Pick<ItemRow, 'userId' | 'ownFolder' | 'movedAt'>[],
): Promise<ReadonlyMap<string, string>> {
  const inOwn = items.filter(({ ownFolder, movedAt }) => ownFolder !== null && movedAt === null);
  const [first] = inOwn;
  if (first === undefined) return new Map();
  const ids = [...new Set(inOwn.flatMap(({ ownFolder }) => ownFolder ?? []))];
  const rows = await transaction.execute<{ id: string; name: string }>(sql`
    select external_id as id, name from copied_folders
    where organisation_id = ${organisationId} and user_id = ${first.userId} and name is not null
      and external_id = ${anyText(ids)}`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export function toListItem(
  item: typeof mailboxItems.$inferSelect,
  message: typeof messages.$inferSelect,
  ownFolders: ReadonlyMap<string, string>,
): MailboxListItem {
  const { id, messageId, userId, folder, receivedAt, isRead, isFlagged, viaGroup } = item;
  const { subject, from, to, preview, attachments } = message.summary;
  return {
    id,
    messageId,
    userId,
    folder,
    receivedAt,
    isRead,
    isFlagged,
    viaGroup,
    acceptedAt: message.acceptedAt,
    subject,
    from,
    to,
    preview,
    attachments,
    ownFolder: item.movedAt === null ? (ownFolders.get(item.ownFolder ?? '') ?? null) : null,
    report: message.report,
    conversation: null,
  };
}
