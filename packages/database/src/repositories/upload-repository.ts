import { and, eq, sql } from '../drizzle.ts';
import type { UploadRepository } from '@holdfast/application';
import { uploads } from '../schema/mail.ts';
import { anyUuid, type Transaction } from '../transaction.ts';

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
  return {
    save: async (upload) => {
      await transaction
        .insert(uploads)
        .values({ organisationId, ...upload })
        .onConflictDoNothing();
    },
    read: async (userId, ids) => {
      const rows = await transaction.select().from(uploads).where(these(userId, ids));
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.flatMap((id) => {
        const row = found.get(id);
        if (row === undefined) return [];
        const { fileName, contentType, content } = row;
        return [{ id, fileName, contentType, content }];
      });
    },
    remove: async (userId, ids) => {
      await transaction.delete(uploads).where(these(userId, ids));
    },
  };
}
