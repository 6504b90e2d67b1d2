import {
  bigint,
  boolean,
  date,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  sql,
  text,
  uuid,
} from '../drizzle.ts';
import type { LedgerPart, MessageRecord } from '@holdfast/application';
import type {
  DeliveryRoute,
  DeliveryState,
  HoldKind,
  MailFolder,
  ReplyClass,
  SettledReport,
  Verdict,
} from '@holdfast/domain';
import { instant } from './columns.ts';

export const messages = pgTable(
  'messages',
  {
    acceptedDay: date('accepted_day').notNull(),
    id: uuid('id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    acceptedAt: instant('accepted_at').notNull(),
    origin: text('origin').$type<MessageRecord['origin']>().notNull(),
    instance: text('instance').notNull(),
    segment: text('segment').notNull(),
    offset: bigint('offset', { mode: 'number' }).notNull(),
    length: bigint('length', { mode: 'number' }).notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    envelopeFrom: text('envelope_from').notNull(),
    clientIp: text('client_ip').notNull(),
    bodyType: text('body_type').$type<MessageRecord['bodyType']>().notNull(),
    smtpUtf8: boolean('smtp_utf8').notNull(),
    senderAuthenticated: boolean('sender_authenticated').notNull(),
    messageId: text('message_id'),
    summary: jsonb('summary').$type<MessageRecord['summary']>().notNull(),
    /** Generated, for the trace: lower case, cut. */
    sender: text('sender').generatedAlwaysAs(sql`left(lower(envelope_from), 320)`),
    subject: text('subject').generatedAlwaysAs(sql`left(lower(summary ->> 'subject'), 200)`),
    erasedAt: instant('erased_at'),
    /** By its own links and subject; null of what came before there were conversations. */
    conversation: uuid('conversation'),
    /** What a delivery report says, and of which sent message; null of all else. */
    report: jsonb('report').$type<SettledReport>(),
  },
  (table) => [primaryKey({ columns: [table.acceptedDay, table.id, table.organisationId] })],
);

/** What the ledger counts once rows and files are gone; see the migration. */
export const settledRecipients = pgTable(
  'settled_recipients',
  {
    organisationId: uuid('organisation_id').notNull(),
    part: text('part').$type<LedgerPart>().notNull(),
    what: text('what').$type<'accepted' | DeliveryState>().notNull(),
    recipients: bigint('recipients', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.part, table.what] })],
);

export const deliveries = pgTable(
  'deliveries',
  {
    acceptedDay: date('accepted_day').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    messageId: uuid('message_id').notNull(),
    acceptedAt: instant('accepted_at').notNull(),
    origin: text('origin').$type<MessageRecord['origin']>().notNull(),
    recipient: text('recipient').notNull(),
    route: text('route').$type<DeliveryRoute>().notNull(),
    state: text('state').$type<DeliveryState>().notNull(),
    hold: text('hold').$type<HoldKind>(),
    dueAt: instant('due_at'),
    attempts: integer('attempts').notNull(),
    refusals: integer('refusals').notNull(),
    verdict: text('verdict').$type<Verdict>().notNull(),
    verdictReason: text('verdict_reason').notNull(),
    reply: text('reply'),
    replyClass: text('reply_class').$type<ReplyClass>(),
    host: text('host'),
    leaseOwner: text('lease_owner'),
    leaseUntil: instant('lease_until'),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.acceptedDay, table.id, table.organisationId] })],
);

export const deliveryAttempts = pgTable(
  'delivery_attempts',
  {
    acceptedDay: date('accepted_day').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    deliveryId: uuid('delivery_id').notNull(),
    attempt: integer('attempt').notNull(),
    at: instant('at').notNull(),
    state: text('state').$type<DeliveryState>().notNull(),
    host: text('host'),
    tls: text('tls'),
    reply: text('reply').notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.acceptedDay, table.deliveryId, table.attempt, table.organisationId],
    }),
  ],
);

export const mailboxItems = pgTable(
  'mailbox_items',
  {
    acceptedDay: date('accepted_day').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    messageId: uuid('message_id').notNull(),
    userId: uuid('user_id').notNull(),
    folder: text('folder').$type<MailFolder>().notNull(),
    receivedAt: instant('received_at').notNull(),
    isRead: boolean('is_read').notNull(),
    viaGroup: text('via_group'),
    putBackAt: instant('put_back_at'),
    changedAt: instant('changed_at').notNull(),
    isFlagged: boolean('is_flagged').notNull(),
    /** When its reader changed it in the emergency mailbox; null when nobody did, or it was carried back. */
    touchedAt: instant('touched_at'),
    /** When its reader moved it there; null as above. */
    movedAt: instant('moved_at'),
    /** Where it turned out to belong. */
    conversation: uuid('conversation').notNull(),
    /** Where it lies in Office 365, of folders that its reader has made; holds while `movedAt` is null. */
    ownFolder: text('own_folder'),
  },
  (table) => [primaryKey({ columns: [table.acceptedDay, table.id, table.organisationId] })],
);

export const submissions = pgTable(
  'submissions',
  {
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id').notNull(),
    key: text('key').notNull(),
    messageId: uuid('message_id').notNull(),
    acceptedDay: date('accepted_day').notNull(),
    acceptedAt: instant('accepted_at').notNull(),
    undoneAt: instant('undone_at'),
    /** Null: claimed, and not in the spool yet. */
    storedAt: instant('stored_at'),
    digest: text('digest'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId, table.key] })],
);

export const pictureSenders = pgTable(
  'picture_senders',
  {
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id').notNull(),
    address: text('address').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId, table.address] })],
);
