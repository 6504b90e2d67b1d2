import { and, eq, lt, sql } from '../drizzle.ts';
import type { CopiedMessage, MailboxCopyRepository } from '@holdfast/application';
import { dayOf } from '@holdfast/domain';
import { copiedCalendars, copiedMailboxes, copiedMessages } from '../schema/mailbox-access.ts';
import { anyText, asJson, iso, milliseconds, type Transaction } from '../transaction.ts';
import { createCopiedFolders } from './copied-folders.ts';
import { createCopiedPlaces } from './copied-places.ts';

export function createMailboxCopyRepository(
  transaction: Transaction,
  organisationId: string,
): MailboxCopyRepository {
  const mailbox = (userId: string) =>
    and(eq(copiedMailboxes.organisationId, organisationId), eq(copiedMailboxes.userId, userId));
  return {
    ...createCopiedPlaces(transaction, organisationId),
    ...createCopiedFolders(transaction, organisationId),
    ...createReadings(transaction, organisationId),
    claim: async (now, until, limit) => {
      await transaction.execute(sql`
        insert into copied_mailboxes (organisation_id, user_id, state, began_at, next_at)
        select ${organisationId}::uuid, id, 'copying', ${iso(now)}::timestamptz, ${iso(now)}::timestamptz
        from directory_objects object
        where organisation_id = ${organisationId} and protected and removed_at is null
          and not exists (select from copied_mailboxes known
            where known.organisation_id = object.organisation_id and known.user_id = object.id)
        on conflict do nothing`);
      const rows = await transaction.execute<{
        user: string;
        external: string;
        address: string;
        completedAt: string | null;
      }>(sql`
        with due as (
          select known.user_id, object.external_id, object.primary_address
          from copied_mailboxes known
            join directory_objects object on object.organisation_id = known.organisation_id
              and object.id = known.user_id and object.protected and object.removed_at is null
          where known.organisation_id = ${organisationId} and known.next_at <= ${iso(now)}::timestamptz
          order by known.checked_at nulls first, known.next_at, known.user_id
          limit ${limit} for update of known skip locked)
        update copied_mailboxes known set next_at = ${iso(until)}::timestamptz
        from due
        where known.organisation_id = ${organisationId} and known.user_id = due.user_id
        returning known.user_id as "user", due.external_id as external,
          due.primary_address as address, known.completed_at as "completedAt"`);
      return rows.map(({ user, external, address, completedAt }) => ({
        userId: user,
        externalId: external,
        address,
        completedAt: completedAt === null ? null : milliseconds(completedAt),
      }));
    },
    saveTurn: async (userId, { state, detail, nextAt, wholeAt, skipped }) => {
      const whole = wholeAt === null ? sql`null::timestamptz` : sql`${iso(wholeAt)}::timestamptz`;
      await transaction
        .update(copiedMailboxes)
        .set({
          state,
          detail,
          nextAt,
          completedAt: sql`coalesce(${copiedMailboxes.completedAt}, ${whole})`,
          checkedAt: sql`coalesce(${whole}, ${copiedMailboxes.checkedAt})`,
          skipped: sql`${copiedMailboxes.skipped} + ${skipped}`,
        })
        .where(mailbox(userId));
    },
    remember: async (userId, items, copied, at) => {
      await insertMessages(transaction, organisationId, userId, items, at);
      if (copied.messages === 0) return;
      await transaction
        .update(copiedMailboxes)
        .set({
          messages: sql`${copiedMailboxes.messages} + ${copied.messages}`,
          bytes: sql`${copiedMailboxes.bytes} + ${copied.bytes}`,
        })
        .where(mailbox(userId));
      await transaction.execute(sql`
        insert into copy_budgets as known (organisation_id, day, messages, bytes)
        values (${organisationId}, ${dayOf(at)}::date, ${copied.messages}, ${copied.bytes})
        on conflict (organisation_id, day) do update
          set messages = known.messages + excluded.messages, bytes = known.bytes + excluded.bytes`);
    },
    forgetBefore: async (userId, before) => {
      await transaction
        .delete(copiedMessages)
        .where(
          and(
            eq(copiedMessages.organisationId, organisationId),
            eq(copiedMessages.userId, userId),
            lt(copiedMessages.receivedAt, before),
          ),
        );
      await transaction.execute(sql`
        delete from copy_budgets
        where organisation_id = ${organisationId} and day < ${dayOf(before)}::date`);
    },
    saveCalendar: async (userId, sealed, asOf) => {
      await transaction
        .insert(copiedCalendars)
        .values({ organisationId, userId, sealed, asOf })
        .onConflictDoUpdate({
          target: [copiedCalendars.organisationId, copiedCalendars.userId],
          set: { sealed, asOf },
        });
    },
    calendar: async (userId) => {
      const { sealed, asOf } = copiedCalendars;
      const [row] = await transaction
        .select({ sealed, asOf })
        .from(copiedCalendars)
        .where(
          and(
            eq(copiedCalendars.organisationId, organisationId),
            eq(copiedCalendars.userId, userId),
          ),
        );
      return row ?? null;
    },
  };
}

async function insertMessages(
  transaction: Transaction,
  organisationId: string,
  userId: string,
  items: readonly CopiedMessage[],
  at: number,
): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map((item) => ({ ...item, receivedAt: iso(item.receivedAt) }));
  await transaction.execute(sql`
    insert into copied_messages (organisation_id, user_id, external_id, folder_id, message_id,
      received_at, record_id, seen_at)
    select distinct on (row."externalId") ${organisationId}::uuid, ${userId}::uuid, row."externalId",
      row."folderId", row."messageId", row."receivedAt", row."recordId", ${iso(at)}::timestamptz
    from jsonb_to_recordset(${asJson(rows)}) as row("externalId" text, "folderId" text,
      "messageId" text, "receivedAt" timestamptz, "recordId" uuid)
    on conflict (organisation_id, user_id, external_id) do update
      set folder_id = excluded.folder_id, seen_at = excluded.seen_at, lost_at = null,
        record_id = coalesce(copied_messages.record_id, excluded.record_id)`);
}

type Readings = Pick<
  MailboxCopyRepository,
  'known' | 'shown' | 'bytesOn' | 'progress' | 'stateOf' | 'forgetUnprotected'
>;

function createReadings(transaction: Transaction, organisationId: string): Readings {
  return {
    known: async (userId, externalIds) => {
      const { externalId, folderId, messageId, receivedAt, recordId } = copiedMessages;
      return transaction
        .select({ externalId, folderId, messageId, receivedAt, recordId })
        .from(copiedMessages)
        .where(
          and(
            eq(copiedMessages.organisationId, organisationId),
            eq(copiedMessages.userId, userId),
            sql`${externalId} = ${anyText(externalIds)}`,
          ),
        );
    },
    shown: async (userId, messageIds, inSent) => {
      if (messageIds.length === 0) return new Set();
      const rows = await transaction.execute<{ messageId: string }>(sql`
        select distinct message.message_id as "messageId"
        from messages message
          left join mailbox_items item on item.accepted_day = message.accepted_day
            and item.organisation_id = message.organisation_id and item.message_id = message.id
            and item.user_id = ${userId} and (item.folder = 'sent') = ${inSent}
        where message.organisation_id = ${organisationId}
          and message.message_id = ${anyText(messageIds)}
          and (item.id is not null or message.erased_at is not null)`);
      return new Set(rows.map(({ messageId }) => messageId));
    },
    bytesOn: async (day) => {
      const [row] = await transaction.execute<{ bytes: number }>(sql`
        select bytes::float8 as bytes from copy_budgets
        where organisation_id = ${organisationId} and day = ${day}::date`);
      return row?.bytes ?? 0;
    },
    progress: async (day) => readProgress(transaction, organisationId, day),
    stateOf: async (userId) => {
      const { state, completedAt, checkedAt } = copiedMailboxes;
      const [row] = await transaction
        .select({ state, completedAt, checkedAt })
        .from(copiedMailboxes)
        .where(
          and(
            eq(copiedMailboxes.organisationId, organisationId),
            eq(copiedMailboxes.userId, userId),
          ),
        );
      return row ?? null;
    },
    forgetUnprotected: async () => {
      const rows = await transaction.execute<{ user: string }>(sql`
        delete from copied_mailboxes known
        where organisation_id = ${organisationId} and not exists (
          select from directory_objects object where object.organisation_id = known.organisation_id
            and object.id = known.user_id and object.protected)
        returning user_id as "user"`);
      const users = rows.map(({ user }) => user);
      if (users.length === 0) return 0;
      const theirs = sql`organisation_id = ${organisationId}
        and user_id in (select jsonb_array_elements_text(${asJson(users)})::uuid)`;
      await transaction.execute(sql`delete from copied_folders where ${theirs}`);
      await transaction.execute(sql`delete from copied_calendars where ${theirs}`);
      await transaction.execute(sql`
        delete from mailbox_items item using copied_messages copy
        where copy.organisation_id = ${organisationId} and copy.record_id is not null
          and copy.user_id in (select jsonb_array_elements_text(${asJson(users)})::uuid)
          and item.organisation_id = copy.organisation_id and item.message_id = copy.record_id
          and item.accepted_day = (copy.received_at at time zone 'utc')::date`);
      await transaction.execute(sql`delete from copied_messages where ${theirs}`);
      return users.length;
    },
  };
}

async function readProgress(
  transaction: Transaction,
  organisationId: string,
  day: string,
): ReturnType<MailboxCopyRepository['progress']> {
  const [row] = await transaction.execute<{
    users: number;
    current: number;
    copying: number;
    forbidden: number;
    failed: number;
    messages: number;
    bytes: number;
    bytesToday: number;
    unchecked: number;
    oldest: string | null;
    refusal: string | null;
  }>(sql`
    select count(*)::int as users,
      count(*) filter (where known.state = 'current')::int as current,
      count(*) filter (where coalesce(known.state, 'copying') = 'copying')::int as copying,
      count(*) filter (where known.state = 'forbidden')::int as forbidden,
      count(*) filter (where known.state in ('failed', 'gone'))::int as failed,
      coalesce(sum(known.messages), 0)::float8 as messages,
      coalesce(sum(known.bytes), 0)::float8 as bytes,
      (select coalesce(sum(bytes), 0)::float8 from copy_budgets
        where organisation_id = ${organisationId} and day = ${day}::date) as "bytesToday",
      count(*) filter (where known.checked_at is null)::int as unchecked,
      min(known.checked_at) as oldest,
      max(known.detail) filter (where known.state = 'forbidden') as refusal
    from directory_objects object
      left join copied_mailboxes known on known.organisation_id = object.organisation_id
        and known.user_id = object.id
    where object.organisation_id = ${organisationId} and object.protected
      and object.removed_at is null`);
  if (row === undefined) throw new Error('A count has a row');
  const { oldest, unchecked, ...counts } = row;
  return {
    ...counts,
    oldestCheck: oldest === null || unchecked > 0 ? null : milliseconds(oldest),
  };
}
