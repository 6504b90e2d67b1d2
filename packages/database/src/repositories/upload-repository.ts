import { and, count, eq, sql } from '../drizzle.ts';
import type { UploadRecord, UploadRepository } from '@holdfast/application';
import { uploadPieces, uploads } from '../schema/writing.ts';
import { anyUuid, iso, takeTurn, type Transaction } from '../transaction.ts';

export function createUploadRepository(
  transaction: Transaction,
  organisationId: string,
): UploadRepository {
  const these = (userId: string, ids: readonly string[]) =>
    and(
      eq(uploads.organisationId, organisationId),
      eq(uploads.userId, userId),
      sql`${uploads.id} = ${anyUuid(ids)}`,
    );
  const removed = (which: ReturnType<typeof sql>) => sql`
    with gone as (
      delete from uploads upload where organisation_id = ${organisationId} and ${which}
        and not exists (select from drafts draft
          where draft.organisation_id = ${organisationId} and draft.user_id = upload.user_id
            and draft.state <> 'sent' and upload.id = any(draft.upload_ids))
      returning user_id, id),
    pieces as (
      delete from upload_pieces piece using gone
      where piece.organisation_id = ${organisationId} and piece.user_id = gone.user_id
        and piece.upload_id = gone.id)
    select id from gone`;
  return {
    save: async ({ content, ...upload }) => {
      const size = content.byteLength;
      await transaction
        .insert(uploads)
        .values({ organisationId, ...upload, content, size, received: size })
        .onConflictDoNothing();
    },
    begin: async (upload, at) => {
      await transaction
        .insert(uploads)
        .values({ organisationId, ...upload, content: null, at })
        .onConflictDoNothing();
    },
    lock: async (userId, id) => {
      const [row] = await transaction
        .select(WITHOUT_CONTENT)
        .from(uploads)
        .where(these(userId, [id]))
        .for('update');
      return row ?? null;
    },
    addPiece: async ({ userId, id, received }, { offset, content }, at) => {
      if (content.byteLength > 0)
        await transaction
          .insert(uploadPieces)
          .values({ organisationId, userId, uploadId: id, offset, content });
      await transaction
        .update(uploads)
        .set({ received, at })
        .where(these(userId, [id]));
    },
    finish: async (userId, id) => {
      await transaction.execute(sql`
        with pieces as (
          delete from upload_pieces where organisation_id = ${organisationId}
            and user_id = ${userId} and upload_id = ${id} returning "offset", content)
        update uploads set content = coalesce(
          (select string_agg(content, ''::bytea order by "offset") from pieces), ''::bytea)
        where organisation_id = ${organisationId} and user_id = ${userId} and id = ${id}`);
    },
    find: async (userId, ids) => {
      const rows = await transaction
        .select(WITHOUT_CONTENT)
        .from(uploads)
        .where(these(userId, ids));
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.flatMap((id): readonly UploadRecord[] => {
        const row = found.get(id);
        return row === undefined ? [] : [row];
      });
    },
    lockUsage: async (userId) => {
      await takeTurn(transaction, `uploads:${organisationId}:${userId}`);
      const [row] = await transaction
        .select({ files: count(), bytes: sql<number>`coalesce(sum(${uploads.size}), 0)::float8` })
        .from(uploads)
        .where(and(eq(uploads.organisationId, organisationId), eq(uploads.userId, userId)));
      return row ?? { files: 0, bytes: 0 };
    },
    read: async (userId, ids) => {
      const rows = await transaction.select().from(uploads).where(these(userId, ids));
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.flatMap((id) => {
        const row = found.get(id);
        if (row === undefined || row.content === null) return [];
        const { fileName, contentType, content } = row;
        return [{ id, fileName, contentType, content }];
      });
    },
    remove: async (userId, ids) => {
      await transaction.execute(removed(sql`user_id = ${userId} and id = ${anyUuid(ids)}`));
    },
    removeUnused: async (since) => {
      const rows = await transaction.execute(removed(sql`at < ${iso(since)}::timestamptz`));
      return rows.length;
    },
  };
}

const WITHOUT_CONTENT = {
  id: uploads.id,
  userId: uploads.userId,
  fileName: uploads.fileName,
  contentType: uploads.contentType,
  size: uploads.size,
  received: uploads.received,
};
