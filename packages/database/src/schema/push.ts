import type { MailboxAccess } from '@holdfast/domain';
import { boolean, integer, pgTable, primaryKey, text, uuid } from '../drizzle.ts';
import { instant } from './columns.ts';

/** One row. */
export const pushKeys = pgTable('push_keys', {
  isOnly: boolean('is_only').primaryKey(),
  publicKey: text('public_key').notNull(),
  sealedPrivateKey: text('sealed_private_key').notNull(),
  madeAt: instant('made_at').notNull(),
});

export const pushSubscriptions = pgTable(
  'push_subscriptions',
  {
    organisationId: uuid('organisation_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    userId: uuid('user_id').notNull(),
    endpoint: text('endpoint').notNull(),
    madeAt: instant('made_at').notNull(),
    access: text('access').$type<MailboxAccess>().notNull(),
    toldUntil: instant('told_until').notNull(),
    quietUntil: instant('quiet_until').notNull(),
    nextAt: instant('next_at').notNull(),
    failures: integer('failures').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.sessionId] })],
);
