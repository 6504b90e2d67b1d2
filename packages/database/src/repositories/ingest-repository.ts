import { asc, sql } from '../drizzle.ts';
import {
  SpoolPositionMovedError,
  type IngestedMessage,
  type IngestRepository,
  type Reader,
  type SpoolMove,
} from '@holdfast/application';
import { dayOf, type Instant } from '@holdfast/domain';
import { spoolAlarms, spoolPositions } from '../schema/installation.ts';
import { sendSignal } from '../signals.ts';
import { asJson, iso, type Transaction } from '../transaction.ts';
import { conversationIdOf } from './conversation-id.ts';
import { giveWay, withoutDoubles } from './copied-views.ts';

const position = {
  instance: spoolPositions.instance,
  segment: spoolPositions.segment,
  offset: spoolPositions.offset,
};

export function createIngestRepository(transaction: Transaction): IngestRepository {
  return {
    positions: async () =>
      transaction
        .select(position)
        .from(spoolPositions)
        .orderBy(asc(spoolPositions.instance), asc(spoolPositions.segment)),
    apply: async (messages, moves) => {
      // What a crash of the database takes back is in the spool still, and read again (decision 0019).
      await transaction.execute(sql`set local synchronous_commit to off`);
      await moveCursors(transaction, moves);
      await ensureDays(
        transaction,
        messages.map(({ message }) => message.acceptedAt),
      );
      const views = await insertRows(transaction, await withoutDoubles(transaction, messages));
      await giveWay(transaction, messages);
      if (views.length > 0) await tell(transaction, views);
      return views.length;
    },
    ensureDays: (instants) => ensureDays(transaction, instants),
    readers: (addresses) => findReaders(transaction, addresses),
    recordAlarm: async (alarm, at) => {
      await transaction
        .insert(spoolAlarms)
        .values({ ...alarm, at })
        .onConflictDoNothing();
    },
    alarms: async () => transaction.select().from(spoolAlarms).orderBy(asc(spoolAlarms.at)),
  };
}

/** First, so that of two processes on one segment the second waits here, and then finds it moved. */
async function moveCursors(transaction: Transaction, moves: readonly SpoolMove[]): Promise<void> {
  const rows = moves.map(({ from, to }) => ({ ...to, from }));
  const known = await transaction.execute(sql`
    update spool_positions known set "offset" = move."offset"
    from jsonb_to_recordset(${asJson(rows)}) as move(instance text, segment text, "from" bigint, "offset" bigint)
    where known.instance = move.instance and known.segment = move.segment and known."offset" = move."from"
    returning known.segment`);
  if (known.length === rows.length) return;
  const begun = await transaction.execute(sql`
    insert into spool_positions (instance, segment, "offset")
    select instance, segment, "offset" from jsonb_to_recordset(${asJson(rows)})
      as move(instance text, segment text, "from" bigint, "offset" bigint)
    where "from" = 0
    on conflict do nothing
    returning segment`);
  if (known.length + begun.length !== rows.length) throw new SpoolPositionMovedError();
}

async function findReaders(
  transaction: Transaction,
  addresses: Parameters<IngestRepository['readers']>[0],
): ReturnType<IngestRepository['readers']> {
  const rows = await transaction.execute<{
    organisation: string;
    address: string;
    user: string;
    via: string | null;
  }>(sql`
    with recursive wanted as materialized (
      select distinct "organisationId" as organisation, address
      from jsonb_to_recordset(${asJson(addresses)}) as row("organisationId" uuid, address text)),
    named as materialized (
      select wanted.organisation, wanted.address, object.id, object.kind, object.protected,
        object.display_name, object.restricted
      from wanted
        join directory_addresses known
          on known.organisation_id = wanted.organisation and known.address = wanted.address
        join directory_objects object
          on object.organisation_id = known.organisation_id and object.id = known.object_id),
    inside (organisation, address, id) as (
      select organisation, address, id from named
      -- Only what anybody may write to: the tenant refuses or holds much of the rest (product, section 0).
      where kind in ('group', 'dynamic-group') and not protected and restricted = false
      union
      select inside.organisation, inside.address, membership.member_id
      from inside
        join directory_memberships membership
          on membership.organisation_id = inside.organisation and membership.group_id = inside.id
        join directory_objects member
          on member.organisation_id = membership.organisation_id and member.id = membership.member_id
      where member.removed_at is null)
    select organisation, address, id as "user", null as via from named where protected
    union all
    select inside.organisation, inside.address, member.id, named.display_name
    from inside
      join named on named.organisation = inside.organisation and named.address = inside.address
      join directory_objects member
        on member.organisation_id = inside.organisation and member.id = inside.id
    where member.protected
    order by organisation, address, "user"`);
  const found = new Map<string, { organisationId: string; address: string; readers: Reader[] }>();
  for (const { organisation, address, user, via } of rows) {
    const key = `${organisation} ${address}`;
    const known = found.get(key) ?? { organisationId: organisation, address, readers: [] };
    known.readers.push({ userId: user, viaGroup: via });
    found.set(key, known);
  }
  return [...found.values()];
}

async function ensureDays(transaction: Transaction, instants: readonly Instant[]): Promise<void> {
  const days = new Set(instants.map(dayOf));
  for (const day of [...days].toSorted())
    await transaction.execute(sql`select holdfast_ensure_day(${day}::date)`);
}

/** A message that is new, and whose mailboxes show it. */
interface NewMessage extends Record<string, unknown> {
  readonly organisation: string;
  readonly users: readonly string[];
}

/** One statement: deliveries, views and submissions only of messages that were not there. */
async function insertRows(
  transaction: Transaction,
  messages: readonly IngestedMessage[],
): Promise<readonly NewMessage[]> {
  if (messages.length === 0) return [];
  return transaction.execute<{ organisation: string; users: string[] }>(sql`
    with batch as materialized (
      select * from jsonb_to_recordset(${asJson(messages.map(toBatchRow))}) as row(
        day date, id uuid, organisation uuid, at timestamptz, origin text, instance text,
        segment text, "offset" bigint, length bigint, size bigint, "from" text, ip text, body text,
        utf8 boolean, authenticated boolean, "messageId" text, summary jsonb, conversation uuid,
        deliveries jsonb, items jsonb, "submitter" uuid, "submissionKey" text, "shownFrom" timestamptz,
        drill uuid)),
    fresh as (
      insert into messages (accepted_day, id, organisation_id, accepted_at, origin, instance, segment,
        "offset", length, size, envelope_from, client_ip, body_type, smtp_utf8,
        sender_authenticated, message_id, summary, conversation)
      select day, id, organisation, at, origin, instance, segment, "offset", length, size, "from", ip,
        body, utf8, authenticated, "messageId", summary, conversation from batch
      on conflict do nothing
      returning id, organisation_id),
    taken as materialized (
      select batch.* from batch
        join fresh on fresh.id = batch.id and fresh.organisation_id = batch.organisation),
    queued as (
      insert into deliveries (accepted_day, organisation_id, id, message_id, accepted_at, origin,
        recipient, route, state, hold, due_at, verdict, verdict_reason, reply, updated_at)
      select day, organisation, row.id, taken.id, at, origin, row.recipient, row.route, row.state,
        row.hold, row.due, row.verdict, row."verdictReason", row.reply, at
      from taken cross join lateral jsonb_to_recordset(taken.deliveries) as row(id uuid,
        recipient text, route text, state text, hold text, due timestamptz, verdict text,
        "verdictReason" text, reply text)),
    shown as (
      insert into mailbox_items (accepted_day, organisation_id, id, message_id, user_id, folder,
        received_at, is_read, is_flagged, via_group, changed_at, conversation, own_folder)
      select day, organisation, row.id, taken.id, row."userId", row.folder,
        case when row."userId" = "submitter" then at else "shownFrom" end, row."isRead",
        row."isFlagged", row."viaGroup", at, conversation, row."ownFolder"
      from taken cross join lateral jsonb_to_recordset(taken.items) as row(id uuid, "userId" uuid,
        folder text, "isRead" boolean, "isFlagged" boolean, "viaGroup" text, "ownFolder" text)
      -- A test message of ours is nobody's mail.
      where not exists (select 1 from canary_probes probe
        where probe.message_id = taken."messageId" and probe.organisation_id = taken.organisation)
        -- What comes of a drill after its end is shown to nobody, and neither is what is read again from the spool.
        and (drill is null or exists (select from drills known where known.id = drill
          and known.organisation_id = taken.organisation and known.phase = 'running'))),
    practised as (
      insert into drill_messages (organisation_id, drill_id, accepted_day, message_id, user_id, at)
      select taken.organisation, drill, day, taken.id, "submitter", taken.at
      from taken join drills known on known.organisation_id = taken.organisation
        and known.id = drill
      where "submitter" is not null
      on conflict do nothing),
    submitted as (
      insert into submissions (organisation_id, user_id, key, message_id, accepted_day, accepted_at,
        stored_at)
      select organisation, "submitter", "submissionKey", id, day, at, at
      from taken where "submitter" is not null
      -- Claimed before: its writer may have been cut off before it could say that it is stored.
      on conflict (organisation_id, user_id, key) do update
        set stored_at = coalesce(submissions.stored_at, excluded.stored_at))
    select organisation, coalesce((select jsonb_agg(item ->> 'userId')
      from jsonb_array_elements(items) as item), '[]') as users
    from taken`);
}

function toBatchRow(ingested: IngestedMessage): unknown {
  const { message, deliveries, items, submission, shownFrom, drillId } = ingested;
  const { instance, segment, offset, length } = message.reference;
  return {
    day: dayOf(message.acceptedAt),
    id: message.id,
    organisation: message.organisationId,
    at: iso(message.acceptedAt),
    origin: message.origin,
    instance,
    segment,
    offset,
    length,
    size: message.size,
    from: message.envelopeFrom,
    ip: message.clientIp,
    body: message.bodyType,
    utf8: message.smtpUtf8,
    authenticated: message.senderAuthenticated,
    messageId: message.summary.messageId,
    summary: message.summary,
    conversation: conversationIdOf(message.summary, message.id),
    deliveries: deliveries.map((delivery) => ({
      ...delivery,
      recipient: delivery.recipient.toLowerCase(),
      due: delivery.dueAt === null ? null : iso(delivery.dueAt),
    })),
    items,
    submitter: submission?.userId ?? null,
    submissionKey: submission?.key ?? null,
    shownFrom: iso(shownFrom),
    drill: drillId,
  };
}

async function tell(transaction: Transaction, views: readonly NewMessage[]): Promise<void> {
  await sendSignal(transaction, { channel: 'deliveries' });
  const users = new Map<string, Set<string>>();
  for (const { organisation, users: seen } of views) {
    const known = users.get(organisation) ?? new Set();
    for (const user of seen) known.add(user);
    users.set(organisation, known);
  }
  for (const [organisationId, seen] of users)
    await sendSignal(transaction, { channel: 'mailbox', organisationId, userIds: [...seen] });
}
