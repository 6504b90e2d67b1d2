import { and, eq, sql } from '../drizzle.ts';
import type { MessageRecord, MessageRepository } from '@holdfast/application';
import { dayOf, TERMINAL_STATES } from '@holdfast/domain';
import { mailboxItems, messages } from '../schema/mail.ts';
import { milliseconds, type Transaction } from '../transaction.ts';

const TERMINAL = sql.raw(TERMINAL_STATES.map((state) => `'${state}'`).join(', '));
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is left of a message that was erased: the Message-ID stays in a column of its own, for the trace. */
const ERASED: MessageRecord['summary'] = {
  messageId: null,
  inReplyTo: null,
  references: [],
  subject: '(erased)',
  from: null,
  to: [],
  cc: [],
  sentAt: null,
  preview: '',
  attachments: 0,
};

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
    findErasable: async (messageId) => {
      const bare = messageId.trim().replace(/^<|>$/g, '');
      const isRecord = UUID.test(bare);
      const rows = await transaction.execute<{
        id: string;
        acceptedAt: string;
        messageId: string | null;
        instance: string;
        segment: string;
        offset: number;
        length: number;
        open: boolean;
      }>(sql`
        select message.id, message.accepted_at as "acceptedAt", message.message_id as "messageId",
          message.instance, message.segment, message."offset"::float8 as "offset",
          message.length::float8 as length,
          exists (select from deliveries waiting
            where waiting.accepted_day = message.accepted_day
              and waiting.organisation_id = message.organisation_id
              and waiting.message_id = message.id
              and waiting.state not in (${TERMINAL})) as open
        from messages message
        where message.organisation_id = ${organisationId}
          and ${isRecord ? sql`message.id = ${bare}::uuid` : sql`message.message_id = ${`<${bare}>`}`}
        order by message.accepted_at`);
      return rows.map(({ id, acceptedAt, messageId: found, open, ...reference }) => ({
        id,
        acceptedAt: milliseconds(acceptedAt),
        messageId: found,
        open,
        reference,
      }));
    },
    markErased: async ({ id, acceptedAt }, at) => {
      const day = dayOf(acceptedAt);
      await transaction
        .update(messages)
        .set({ erasedAt: at, summary: ERASED, report: null })
        .where(
          and(
            eq(messages.acceptedDay, day),
            eq(messages.id, id),
            eq(messages.organisationId, organisationId),
          ),
        );
      await transaction
        .delete(mailboxItems)
        .where(
          and(
            eq(mailboxItems.acceptedDay, day),
            eq(mailboxItems.messageId, id),
            eq(mailboxItems.organisationId, organisationId),
          ),
        );
    },
  };
}
