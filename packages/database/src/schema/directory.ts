import { bigint, jsonb, pgTable, primaryKey, text, uuid, boolean } from '../drizzle.ts';
import type { DirectoryCollection } from '@holdfast/application';
import type { DirectoryKind } from '@holdfast/domain';
import { instant } from './columns.ts';

export const directoryCollections = pgTable(
  'directory_collections',
  {
    organisationId: uuid('organisation_id').notNull(),
    collection: text('collection').$type<DirectoryCollection>().notNull(),
    deltaLink: text('delta_link'),
    readAt: instant('read_at').notNull(),
    fullAt: instant('full_at').notNull(),
    /** Whom its last round had in a group no more; of the collection of groups alone. */
    lostMembers: text('lost_members').array().notNull().default([]),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.collection] })],
);

export const directorySources = pgTable(
  'directory_sources',
  {
    organisationId: uuid('organisation_id').notNull(),
    collection: text('collection').$type<DirectoryCollection>().notNull(),
    externalId: text('external_id').notNull(),
    content: jsonb('content').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.collection, table.externalId] })],
);

export const directorySourceMembers = pgTable(
  'directory_source_members',
  {
    organisationId: uuid('organisation_id').notNull(),
    collection: text('collection').$type<DirectoryCollection>().notNull(),
    groupId: text('group_id').notNull(),
    memberId: text('member_id').notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.organisationId, table.collection, table.groupId, table.memberId],
    }),
  ],
);

export const directoryStaging = pgTable('directory_staging', {
  organisationId: uuid('organisation_id').notNull(),
  runId: uuid('run_id').notNull(),
  collection: text('collection').$type<DirectoryCollection>().notNull(),
  position: bigint('position', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
  fact: text('fact').notNull(),
  externalId: text('external_id').notNull(),
  memberId: text('member_id'),
  content: jsonb('content'),
});

export const directoryWanted = pgTable(
  'directory_wanted',
  {
    organisationId: uuid('organisation_id').notNull(),
    externalId: text('external_id').notNull(),
    kind: text('kind').$type<DirectoryKind>().notNull(),
    displayName: text('display_name').notNull(),
    primaryAddress: text('primary_address').notNull(),
    addresses: jsonb('addresses').$type<readonly string[]>().notNull(),
    hasMailbox: boolean('has_mailbox').notNull(),
    accountEnabled: boolean('account_enabled').notNull(),
    directoryPhone: text('directory_phone'),
    preferredLanguage: text('preferred_language'),
    restricted: boolean('restricted'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.externalId] })],
);
