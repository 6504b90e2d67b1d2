import type { PictureSenderRepository } from '@holdfast/application';
import { and, eq } from '../drizzle.ts';
import { pictureSenders } from '../schema/mail.ts';
import type { Transaction } from '../transaction.ts';

export function createPictureSenderRepository(
  transaction: Transaction,
  organisationId: string,
): PictureSenderRepository {
  const sender = (userId: string, address: string) =>
    and(
      eq(pictureSenders.organisationId, organisationId),
      eq(pictureSenders.userId, userId),
      eq(pictureSenders.address, address),
    );
  return {
    isChosen: async (userId, address) => {
      const rows = await transaction
        .select({ at: pictureSenders.at })
        .from(pictureSenders)
        .where(sender(userId, address));
      return rows.length > 0;
    },
    choose: async (userId, address, at) => {
      await transaction
        .insert(pictureSenders)
        .values({ organisationId, userId, address, at })
        .onConflictDoNothing();
    },
    forget: async (userId, address) => {
      await transaction.delete(pictureSenders).where(sender(userId, address));
    },
  };
}
