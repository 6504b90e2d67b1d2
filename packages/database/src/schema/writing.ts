import { bigint, boolean, integer, pgTable, primaryKey, text, uuid } from '../drizzle.ts';
import type { DraftRecord } from '@holdfast/application';
import { bytes, instant } from './columns.ts';

export const drafts = pgTable(
  'drafts',
  {
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id').notNull(),
    id: uuid('id').notNull(),
    revision: integer('revision').notNull(),
    state: text('state').$type<DraftRecord['state']>().notNull(),
    sealed: text('sealed').notNull(),
    sealedHead: text('sealed_head').notNull(),
    digest: text('digest').notNull(),
    uploadIds: uuid('upload_ids').array().notNull(),
    branchOf: uuid('branch_of'),
    because: text('because').$type<NonNullable<DraftRecord['because']>>(),
    device: text('device').notNull(),
    writtenAt: instant('written_at').notNull(),
    savedAt: instant('saved_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId, table.id] })],
);

export const uploads = pgTable(
  'uploads',
  {
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id').notNull(),
    id: uuid('id').notNull(),
    fileName: text('file_name').notNull(),
    contentType: text('content_type').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    received: bigint('received', { mode: 'number' }).notNull(),
    /** Null until all of it is here. */
    content: bytes('content'),
    /** Of the latest piece. */
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId, table.id] })],
);

export const uploadPieces = pgTable(
  'upload_pieces',
  {
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id').notNull(),
    uploadId: uuid('upload_id').notNull(),
    offset: bigint('offset', { mode: 'number' }).notNull(),
    content: bytes('content').notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.organisationId, table.userId, table.uploadId, table.offset],
    }),
  ],
);

export const writingSettings = pgTable(
  'writing_settings',
  {
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id').notNull(),
    undoSeconds: integer('undo_seconds'),
    signature: text('signature').notNull(),
    signatureUsed: boolean('signature_used').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId] })],
);
