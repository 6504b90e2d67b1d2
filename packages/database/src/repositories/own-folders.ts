import { sql } from '../drizzle.ts';
import type { MailboxRepository } from '@holdfast/application';
import type { Instant, MailFolder } from '@holdfast/domain';
import type { SQL } from 'drizzle-orm';
import { mailboxItems } from '../schema/mail.ts';
import { iso, type Transaction } from '../transaction.ts';

/** Folders that a reader has made in Outlook, as far as their mailbox is copied. */
export function createOwnFolders(
  transaction: Transaction,
  organisationId: string,
): Pick<MailboxRepository, 'ownFolders' | 'ownFolderCounts'> {
  return {
    ownFolders: async (userId) =>
      transaction.execute<{ id: string; name: string }>(sql`
        select external_id as id, name from copied_folders
        where organisation_id = ${organisationId} and user_id = ${userId} and name is not null`),
    ownFolderCounts: async (userId, since, now, atMost) =>
      transaction.execute<{ name: string; folder: MailFolder; unread: number }>(sql`
        select name, folder, unread from holdfast_own_folder_counts(${organisationId}::uuid,
          ${userId}::uuid, ${iso(since)}::timestamptz, ${iso(now)}::timestamptz, ${atMost})`),
  };
}

/**
 * When an item was moved that goes to `folder` now. Moved and taken back, it lies in its own folder again: it is listed
 * there, and after the event it is not moved in Office 365, where it never left it.
 */
export function movedAtOf(organisationId: string, folder: MailFolder, at: Instant): SQL {
  return sql`case when ${mailboxItems.ownFolder} is not null and exists (
      select from copied_folders home where home.organisation_id = ${organisationId}
        and home.user_id = ${mailboxItems.userId} and home.external_id = ${mailboxItems.ownFolder}
        and home.folder = ${folder})
    then null else ${iso(at)}::timestamptz end`;
}
