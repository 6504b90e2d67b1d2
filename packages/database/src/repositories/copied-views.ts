import { sql } from '../drizzle.ts';
import type { IngestedMessage } from '@holdfast/application';
import { dayOf } from '@holdfast/domain';
import { asJson, milliseconds, type Transaction } from '../transaction.ts';

/**
 * A mailbox shows a message once, whichever way it came (decision 0032): the view of what passed through us stays, and
 * the one of a copy out of Office 365 is left out or gives way. Mail to oneself is in Sent and in the Inbox, by right.
 */
const nameOf = (organisationId: string, userId: string, messageId: string, inSent: boolean) =>
  `${organisationId} ${userId} ${inSent ? 'sent' : 'received'} ${messageId}`;

interface View {
  readonly organisation: string;
  readonly user: string;
  readonly messageId: string;
  readonly inSent: boolean;
}

function viewsOf(messages: readonly IngestedMessage[]): readonly View[] {
  return messages.flatMap(({ message, items }) => {
    const { messageId } = message.summary;
    if (messageId === null) return [];
    return items.map(({ userId, folder }) => ({
      organisation: message.organisationId,
      user: userId,
      messageId,
      inSent: folder === 'sent',
    }));
  });
}

/** Without copies of what their mailbox shows already, or is about to show. */
export async function withoutDoubles(
  transaction: Transaction,
  messages: readonly IngestedMessage[],
): Promise<readonly IngestedMessage[]> {
  const copies = messages.filter(({ message }) => message.origin === 'mailbox');
  const asked = viewsOf(copies);
  if (asked.length === 0) return messages;
  const rows = await transaction.execute<{ position: number }>(sql`
    select distinct asked.position::int as position
    from jsonb_to_recordset(${asJson(asked.map((view, position) => ({ ...view, position })))})
        as asked(position int, organisation uuid, "user" uuid, "messageId" text, "inSent" boolean)
      join messages message on message.organisation_id = asked.organisation
        and message.message_id = asked."messageId"
      join mailbox_items item on item.accepted_day = message.accepted_day
        and item.organisation_id = message.organisation_id and item.message_id = message.id
        and item.user_id = asked."user" and (item.folder = 'sent') = asked."inSent"`);
  const taken = new Set(
    rows.flatMap(({ position }) => {
      const view = asked[position];
      return view === undefined ? [] : [viewName(view)];
    }),
  );
  const own = viewsOf(messages.filter(({ message }) => message.origin !== 'mailbox'));
  for (const view of own) taken.add(viewName(view));
  return messages.filter((ingested) => {
    if (ingested.message.origin !== 'mailbox') return true;
    const [view] = viewsOf([ingested]);
    if (view === undefined) return true;
    const isDouble = taken.has(viewName(view));
    taken.add(viewName(view));
    return !isDouble;
  });
}

function viewName({ organisation, user, messageId, inSent }: View): string {
  return nameOf(organisation, user, messageId, inSent);
}

/**
 * Copies whose original has come by itself now, as when ingest was behind: the original takes over where its reader had
 * it, and the copy goes with all its rows.
 */
export async function giveWay(
  transaction: Transaction,
  messages: readonly IngestedMessage[],
): Promise<void> {
  const views = viewsOf(messages.filter(({ message }) => message.origin !== 'mailbox'));
  if (views.length === 0) return;
  const copies = await transaction.execute<{
    organisation: string;
    user: string;
    messageId: string;
    record: string;
    receivedAt: string;
  }>(sql`
    select copy.organisation_id as organisation, copy.user_id as "user",
      copy.message_id as "messageId", copy.record_id as record, copy.received_at as "receivedAt"
    from jsonb_to_recordset(${asJson(views)})
        as asked(organisation uuid, "user" uuid, "messageId" text)
      join copied_messages copy on copy.organisation_id = asked.organisation
        and copy.user_id = asked."user" and copy.message_id = asked."messageId"
    where copy.record_id is not null`);
  for (const copy of copies) {
    const originals = messages.filter(
      ({ message }) =>
        message.origin !== 'mailbox' &&
        message.organisationId === copy.organisation &&
        message.summary.messageId === copy.messageId,
    );
    for (const { message, items } of originals)
      for (const { userId, folder } of items)
        if (userId === copy.user) await replace(transaction, copy, message, folder === 'sent');
  }
}

async function replace(
  transaction: Transaction,
  copy: {
    readonly organisation: string;
    readonly user: string;
    readonly record: string;
    readonly receivedAt: string;
  },
  original: IngestedMessage['message'],
  inSent: boolean,
): Promise<void> {
  const { organisation, user, record } = copy;
  const day = dayOf(milliseconds(copy.receivedAt));
  const gone = await transaction.execute(sql`
    with copied as (
      delete from mailbox_items where accepted_day = ${day}::date and message_id = ${record}
        and organisation_id = ${organisation} and user_id = ${user}
        and (folder = 'sent') = ${inSent}
      returning folder, is_read, is_flagged, touched_at, moved_at, own_folder),
    shown as (
      update mailbox_items item set folder = copied.folder, is_read = copied.is_read,
        is_flagged = copied.is_flagged, touched_at = copied.touched_at, moved_at = copied.moved_at,
        own_folder = copied.own_folder
      from copied
      where item.accepted_day = ${dayOf(original.acceptedAt)}::date
        and item.organisation_id = ${organisation} and item.message_id = ${original.id}
        and item.user_id = ${user} and (item.folder = 'sent') = ${inSent})
    select from copied`);
  if (gone.length === 0) return;
  await transaction.execute(sql`
    delete from message_texts where accepted_day = ${day}::date and message_id = ${record}
      and organisation_id = ${organisation}`);
  await transaction.execute(sql`
    delete from messages where accepted_day = ${day}::date and id = ${record}
      and organisation_id = ${organisation}`);
  await transaction.execute(sql`
    update copied_messages set record_id = null
    where organisation_id = ${organisation} and user_id = ${user} and record_id = ${record}`);
}
