import { bigint, boolean, pgTable, primaryKey, text } from '../drizzle.ts';
import type { SpoolAlarm } from '@holdfast/application';
import { instant } from './columns.ts';

export const spoolPositions = pgTable(
  'spool_positions',
  {
    instance: text('instance').notNull(),
    segment: text('segment').notNull(),
    offset: bigint('offset', { mode: 'number' }).notNull(),
    removedAt: instant('removed_at'),
  },
  (table) => [primaryKey({ columns: [table.instance, table.segment] })],
);

export const spoolAlarms = pgTable(
  'spool_alarms',
  {
    instance: text('instance').notNull(),
    segment: text('segment').notNull(),
    offset: bigint('offset', { mode: 'number' }).notNull(),
    kind: text('kind').$type<SpoolAlarm['kind']>().notNull(),
    detail: text('detail').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.instance, table.segment, table.offset, table.kind] })],
);

export const signInAttempts = pgTable('sign_in_attempts', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  key: text('key').notNull(),
  at: instant('at').notNull(),
});

export const setUpTokens = pgTable('set_up_tokens', {
  singleton: boolean('singleton').primaryKey().default(true),
  tokenHash: text('token_hash').notNull(),
  expiresAt: instant('expires_at').notNull(),
});

export const installationMarks = pgTable('installation_marks', {
  name: text('name').primaryKey(),
});
