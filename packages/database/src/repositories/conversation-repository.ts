import { sql } from '../drizzle.ts';
import type { ConversationRepository, LinkedMessage } from '@holdfast/application';
import {
  conversationName,
  DAY,
  goesWith,
  joinConversations,
  linksOf,
  nameOfAnswers,
} from '@holdfast/domain';
import { anyUuid, asJson, iso, takeTurn, type Transaction } from '../transaction.ts';
import { idOfName } from './conversation-id.ts';

/** A conversation that was joined and of which nothing came for so long is forgotten. Unit: milliseconds. */
const REMEMBERED = 180 * DAY;

export function createConversationRepository(transaction: Transaction): ConversationRepository {
  return {
    join: async (messages, at) => {
      const organisations = new Set(messages.map(({ organisationId }) => organisationId));
      for (const organisationId of organisations)
        await joinWithin(
          transaction,
          organisationId,
          messages.filter((message) => message.organisationId === organisationId),
          at,
        );
    },
  };
}

async function joinWithin(
  transaction: Transaction,
  organisationId: string,
  messages: readonly LinkedMessage[],
  at: number,
): Promise<void> {
  const known = messages.flatMap(({ links }) => {
    const name = conversationName(links);
    if (name === null) return [];
    const answers = nameOfAnswers(links);
    return [{ links, id: idOfName(name), own: answers === null ? null : idOfName(answers) }];
  });
  if (known.length === 0) return;
  await takeTurn(transaction, `conversations ${organisationId}`);
  const answered = await answeredBy(
    transaction,
    organisationId,
    known.map(({ links }) => links),
  );
  const waiting = await waitingFor(
    transaction,
    organisationId,
    known.flatMap(({ id, own }) => (own === null || own === id ? [] : [own])),
  );
  const ties = known.map(({ id, own }, position) => [
    id,
    ...(answered.get(position) ?? []),
    ...(own !== null && waiting.has(own) ? [own] : []),
  ]);
  const aliases = await aliasesOf(transaction, organisationId, [...new Set(ties.flat())]);
  for (const { into, ids } of joinConversations([...ties, ...aliases]))
    await become(transaction, organisationId, ids, into, at);
}

/** Conversations of what each of the messages answers, where that is here. */
async function answeredBy(
  transaction: Transaction,
  organisationId: string,
  messages: readonly LinkedMessage['links'][],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const links = messages.flatMap((message, position) =>
    linksOf(message).map((link) => ({ position, link })),
  );
  if (links.length === 0) return new Map();
  const rows = await transaction.execute<{
    position: number;
    conversation: string;
    subject: string;
  }>(sql`
    select distinct asked.position, item.conversation,
      coalesce(message.summary ->> 'subject', '') as subject
    from jsonb_to_recordset(${asJson(links)}) as asked(position int, link text)
      join messages message on message.organisation_id = ${organisationId}
        and message.message_id = asked.link
      join mailbox_items item on item.accepted_day = message.accepted_day
        and item.organisation_id = message.organisation_id and item.message_id = message.id`);
  const found = new Map<number, string[]>();
  for (const { position, conversation, subject } of rows) {
    const message = messages[position];
    if (message === undefined || !goesWith(message, { subject })) continue;
    found.set(position, [...(found.get(position) ?? []), conversation]);
  }
  return found;
}

/** Of these ids those that answers have which came before what they answer. */
async function waitingFor(
  transaction: Transaction,
  organisationId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await transaction.execute<{ id: string }>(sql`
    select distinct conversation as id from mailbox_items
    where organisation_id = ${organisationId} and conversation = ${anyUuid(ids)}
    union
    -- They may have been joined with others since.
    select alias from conversation_aliases
    where organisation_id = ${organisationId} and alias = ${anyUuid(ids)}`);
  return new Set(rows.map(({ id }) => id));
}

async function aliasesOf(
  transaction: Transaction,
  organisationId: string,
  ids: readonly string[],
): Promise<readonly (readonly [string, string])[]> {
  const rows = await transaction.execute<{ alias: string; conversation: string }>(sql`
    select alias, conversation from conversation_aliases
    where organisation_id = ${organisationId} and alias = ${anyUuid(ids)}`);
  return rows.map(({ alias, conversation }) => [alias, conversation]);
}

async function become(
  transaction: Transaction,
  organisationId: string,
  ids: readonly string[],
  into: string,
  at: number,
): Promise<void> {
  await transaction.execute(sql`
    update mailbox_items set conversation = ${into}
    where organisation_id = ${organisationId} and conversation = ${anyUuid(ids)}`);
  await transaction.execute(sql`
    update conversation_aliases set conversation = ${into}
    where organisation_id = ${organisationId} and conversation = ${anyUuid(ids)}`);
  await transaction.execute(sql`
    insert into conversation_aliases (organisation_id, alias, conversation, at)
    select ${organisationId}::uuid, id::uuid, ${into}::uuid, ${iso(at)}::timestamptz
    from jsonb_array_elements_text(${asJson(ids)}) id
    on conflict (organisation_id, alias) do update
      set conversation = excluded.conversation, at = excluded.at`);
  await transaction.execute(sql`
    delete from conversation_aliases
    where organisation_id = ${organisationId} and at < ${iso(at - REMEMBERED)}::timestamptz`);
}
