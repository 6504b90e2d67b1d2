import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from '../drizzle.ts';
import type { CopiedItemRecord, ListCopyRecord } from '@holdfast/application';
import type { ListEntryType, ListKind } from '@holdfast/domain';
import { instant } from './columns.ts';

export const listCopies = pgTable('list_copies', {
  organisationId: uuid('organisation_id').primaryKey(),
  startedAt: instant('started_at').notNull(),
  finishedAt: instant('finished_at'),
  report: jsonb('report').$type<ListCopyRecord['report']>().notNull(),
});

export const copiedListItems = pgTable(
  'copied_list_items',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    source: text('source').$type<CopiedItemRecord['source']>().notNull(),
    policy: text('policy').notNull(),
    kind: text('kind').$type<ListKind>().notNull(),
    raw: text('raw').notNull(),
    type: text('type').$type<ListEntryType>(),
    value: text('value'),
    forDomain: text('for_domain'),
    forUserId: uuid('for_user'),
    outcome: text('outcome').$type<CopiedItemRecord['outcome']>().notNull(),
    reason: text('reason'),
    expiresAt: instant('expires_at'),
    copiedAt: instant('copied_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);

export const junkReadings = pgTable(
  'junk_readings',
  {
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id').notNull(),
    readAt: instant('read_at').notNull(),
    entries: integer('entries').notNull(),
    contactsTrusted: boolean('contacts_trusted').notNull(),
    listsOnly: boolean('lists_only').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId] })],
);
