import { and, eq, sql } from '../drizzle.ts';
import type { MailboxCopyRepository } from '@holdfast/application';
import { copiedFolders } from '../schema/mailbox-access.ts';
import { asJson, iso, type Transaction } from '../transaction.ts';

type Folders = Pick<
  MailboxCopyRepository,
  'folders' | 'saveFolders' | 'saveProgress' | 'endRestart'
>;

/** Its messages do not say yet where they lie. */
const isNewlyNamed = sql`(known.name is null and excluded.name is not null)`;

/** Folders of a mailbox at Office 365, and where reading of each goes on. */
export function createCopiedFolders(transaction: Transaction, organisationId: string): Folders {
  const own = (userId: string) =>
    and(eq(copiedFolders.organisationId, organisationId), eq(copiedFolders.userId, userId));
  return {
    folders: async (userId) => {
      const { externalId, folder, name, link, seen, listUntil } = copiedFolders;
      return transaction
        .select({ externalId, folder, name, link, seen, listUntil })
        .from(copiedFolders)
        .where(own(userId));
    },
    saveFolders: async (userId, folders, at) => {
      const rows = folders.map(({ externalId, folder, name }) => ({ externalId, folder, name }));
      await transaction.execute(sql`
        with present as materialized (
          select * from jsonb_to_recordset(${asJson(rows)}) as row("externalId" text, folder text, name text)),
        kept as (
          insert into copied_folders as known (organisation_id, user_id, external_id, folder, name,
            restarted_at)
          select ${organisationId}::uuid, ${userId}::uuid, "externalId", folder, name,
            ${iso(at)}::timestamptz
          from present
          on conflict (organisation_id, user_id, external_id) do update
            set folder = excluded.folder, name = excluded.name,
              link = case when ${isNewlyNamed} then null else known.link end,
              seen = case when ${isNewlyNamed} then null else known.seen end,
              list_until = case when ${isNewlyNamed} then null else known.list_until end,
              restarted_at = case when ${isNewlyNamed} then excluded.restarted_at
                else known.restarted_at end),
        gone as (
          delete from copied_folders where organisation_id = ${organisationId} and user_id = ${userId}
            and external_id not in (select "externalId" from present)
          returning external_id)
        update copied_messages message set lost_at = ${iso(at)}::timestamptz
        from gone
        where message.organisation_id = ${organisationId} and message.user_id = ${userId}
          and message.folder_id = gone.external_id and message.lost_at is null`);
    },
    saveProgress: async (userId, folderId, progress, at) => {
      await transaction
        .update(copiedFolders)
        .set(progress.link === null ? { ...progress, restartedAt: at } : progress)
        .where(and(own(userId), eq(copiedFolders.externalId, folderId)));
    },
    endRestart: async (userId, folderId, at) => {
      await transaction.execute(sql`
        with ended as (
          select external_id, restarted_at from copied_folders
          where organisation_id = ${organisationId} and user_id = ${userId}
            and external_id = ${folderId} and restarted_at is not null),
        lost as (
          update copied_messages message set lost_at = ${iso(at)}::timestamptz
          from ended
          where message.organisation_id = ${organisationId} and message.user_id = ${userId}
            and message.folder_id = ended.external_id and message.seen_at < ended.restarted_at
            and message.lost_at is null)
        update copied_folders folder set restarted_at = null
        from ended
        where folder.organisation_id = ${organisationId} and folder.user_id = ${userId}
          and folder.external_id = ended.external_id`);
    },
  };
}
