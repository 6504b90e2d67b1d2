import { and, eq } from '../drizzle.ts';
import type { MessageRepository } from '@holdfast/application';
import { dayOf } from '@holdfast/domain';
import { messages } from '../schema/mail.ts';
import type { Transaction } from '../transaction.ts';

export function createMessageRepository(
  transaction: Transaction,
  organisationId: string,
): MessageRepository {
  return {
    reference: async ({ id, acceptedAt }) => {
      const { instance, segment, offset, length } = messages;
      const [row] = await transaction
        .select({ instance, segment, offset, length })
        .from(messages)
        .where(
          and(
            eq(messages.acceptedDay, dayOf(acceptedAt)),
            eq(messages.id, id),
            eq(messages.organisationId, organisationId),
          ),
        );
      return row ?? null;
    },
  };
}
