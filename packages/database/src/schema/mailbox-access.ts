import { bigint, date, integer, pgTable, primaryKey, text, uuid } from '../drizzle.ts';
import type { CopyOutcome, PutBackKind, PutBackOutcome } from '@holdfast/application';
import type { MailFolder } from '@holdfast/domain';
import { instant } from './columns.ts';

export const copiedMailboxes = pgTable(
  'copied_mailboxes',
  {
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id').notNull(),
    state: text('state').$type<CopyOutcome>().notNull(),
    detail: text('detail'),
    beganAt: instant('began_at').notNull(),
    completedAt: instant('completed_at'),
    checkedAt: instant('checked_at'),
    nextAt: instant('next_at').notNull(),
    messages: bigint('messages', { mode: 'number' }).notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    skipped: bigint('skipped', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId] })],
);

export const copiedFolders = pgTable(
  'copied_folders',
  {
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id').notNull(),
    externalId: text('external_id').notNull(),
    folder: text('folder').$type<MailFolder>().notNull(),
    link: text('link'),
    seen: integer('seen'),
    listUntil: instant('list_until'),
    restartedAt: instant('restarted_at'),
    /** Null of those that every mailbox has. */
    name: text('name'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId, table.externalId] })],
);

export const copiedMessages = pgTable(
  'copied_messages',
  {
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id').notNull(),
    externalId: text('external_id').notNull(),
    folderId: text('folder_id').notNull(),
    messageId: text('message_id'),
    receivedAt: instant('received_at').notNull(),
    recordId: uuid('record_id'),
    seenAt: instant('seen_at').notNull(),
    lostAt: instant('lost_at'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId, table.externalId] })],
);

export const copyBudgets = pgTable(
  'copy_budgets',
  {
    organisationId: uuid('organisation_id').notNull(),
    day: date('day').notNull(),
    messages: bigint('messages', { mode: 'number' }).notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.day] })],
);

export const copiedCalendars = pgTable(
  'copied_calendars',
  {
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id').notNull(),
    sealed: text('sealed').notNull(),
    asOf: instant('as_of').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId] })],
);

export const putBackItems = pgTable(
  'put_back_items',
  {
    organisationId: uuid('organisation_id').notNull(),
    eventId: uuid('event_id').notNull(),
    itemId: uuid('item_id').notNull(),
    userId: uuid('user_id').notNull(),
    kind: text('kind').$type<PutBackKind>().notNull(),
    outcome: text('outcome').$type<PutBackOutcome>().notNull(),
    detail: text('detail'),
    tries: integer('tries').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.eventId, table.itemId, table.kind] }),
  ],
);
