import { and, desc, eq, isNull, sql } from '../drizzle.ts';
import type { MailboxRepository } from '@holdfast/application';
import { dayOf } from '@holdfast/domain';
import { deliveries, mailboxItems, messages, submissions } from '../schema/mail.ts';
import { iso, type Transaction } from '../transaction.ts';
import { SHOWN_STATE } from './delivery-counts.ts';
import { toMessage } from './message-row.ts';

/** What was written in emergency mailboxes, until it has left. */
export function createSubmissionRepository(
  transaction: Transaction,
  organisationId: string,
): Pick<
  MailboxRepository,
  | 'findSubmission'
  | 'claimSubmission'
  | 'releaseSubmission'
  | 'markStored'
  | 'lockSubmission'
  | 'undoSubmission'
  | 'findItem'
> {
  const named = (userId: string, key: string) =>
    and(
      eq(submissions.organisationId, organisationId),
      eq(submissions.userId, userId),
      eq(submissions.key, key),
    );
  return {
    findSubmission: async (userId, key) => {
      const [row] = await transaction
        .select({
          messageId: submissions.messageId,
          acceptedAt: submissions.acceptedAt,
          undoneAt: submissions.undoneAt,
          storedAt: submissions.storedAt,
          digest: submissions.digest,
        })
        .from(submissions)
        .where(named(userId, key));
      return row ?? null;
    },
    claimSubmission: async (userId, key, { messageId, acceptedAt, digest, unlessSince }) => {
      const claimed = await transaction.execute(sql`
        insert into submissions (organisation_id, user_id, key, message_id, accepted_day,
          accepted_at, digest)
        values (${organisationId}, ${userId}, ${key}, ${messageId}, ${dayOf(acceptedAt)}::date,
          ${iso(acceptedAt)}::timestamptz, ${digest})
        on conflict (organisation_id, user_id, key) do update set message_id = excluded.message_id,
          accepted_day = excluded.accepted_day, accepted_at = excluded.accepted_at,
          digest = excluded.digest
          where submissions.stored_at is null and (submissions.digest is null
            or submissions.accepted_at <= ${iso(unlessSince)}::timestamptz)
        returning key`);
      return claimed.length > 0;
    },
    releaseSubmission: async (userId, key) => {
      await transaction
        .update(submissions)
        .set({ digest: null })
        .where(and(named(userId, key), isNull(submissions.storedAt)));
    },
    markStored: async (userId, key, at) => {
      await transaction
        .update(submissions)
        .set({ storedAt: sql`coalesce(${submissions.storedAt}, ${iso(at)}::timestamptz)` })
        .where(named(userId, key));
    },
    lockSubmission: async (userId, key) => {
      const [found] = await transaction
        .select()
        .from(submissions)
        .where(named(userId, key))
        .for('update');
      if (found === undefined) return null;
      const rows = await transaction
        .select({
          state: SHOWN_STATE,
          attempts: deliveries.attempts,
          dueAt: deliveries.dueAt,
          recipient: deliveries.recipient,
        })
        .from(deliveries)
        .where(
          and(
            eq(deliveries.organisationId, organisationId),
            eq(deliveries.acceptedDay, found.acceptedDay),
            eq(deliveries.messageId, found.messageId),
          ),
        )
        .orderBy(deliveries.id)
        .for('update');
      const [message] = await transaction
        .select()
        .from(messages)
        .where(
          and(
            eq(messages.organisationId, organisationId),
            eq(messages.acceptedDay, found.acceptedDay),
            eq(messages.id, found.messageId),
          ),
        );
      if (message === undefined) return null;
      return { message: toMessage(message), undoneAt: found.undoneAt, deliveries: rows };
    },
    undoSubmission: async (userId, key, at, reply) => {
      await transaction.execute(sql`
        with undone as (
          update submissions set undone_at = ${iso(at)}::timestamptz
          where organisation_id = ${organisationId} and user_id = ${userId} and key = ${key}
          returning accepted_day, message_id),
        discarded as (
          update deliveries delivery set state = 'discarded', due_at = null, reply = ${reply},
            updated_at = ${iso(at)}::timestamptz
          from undone
          where delivery.organisation_id = ${organisationId}
            and delivery.accepted_day = undone.accepted_day
            and delivery.message_id = undone.message_id)
        delete from mailbox_items item using undone
        where item.organisation_id = ${organisationId} and item.accepted_day = undone.accepted_day
          and item.message_id = undone.message_id`);
    },
    findItem: async (userId, messageId) => {
      const [row] = await transaction
        .select({ id: mailboxItems.id })
        .from(messages)
        .innerJoin(
          mailboxItems,
          and(
            eq(mailboxItems.organisationId, messages.organisationId),
            eq(mailboxItems.acceptedDay, messages.acceptedDay),
            eq(mailboxItems.messageId, messages.id),
          ),
        )
        .where(
          and(
            eq(messages.organisationId, organisationId),
            eq(messages.messageId, messageId),
            eq(mailboxItems.userId, userId),
          ),
        )
        .orderBy(desc(mailboxItems.receivedAt))
        .limit(1);
      return row?.id ?? null;
    },
  };
}
