import { boolean, jsonb, pgTable, primaryKey, smallint, text, uuid } from '../drizzle.ts';
import type { AccountChangeRecord } from '@holdfast/application';
import type { ChannelKind } from '@holdfast/domain';
import { instant } from './columns.ts';

export const accountChanges = pgTable(
  'account_changes',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    userId: uuid('user_id').notNull(),
    change: jsonb('change').$type<AccountChangeRecord['change']>().notNull(),
    told: jsonb('told').$type<AccountChangeRecord['told']>().notNull(),
    at: instant('at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    disputedAt: instant('disputed_at'),
    tokenHash: text('token_hash').notNull(),
    seenAt: instant('seen_at'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);

export const channelProofs = pgTable(
  'channel_proofs',
  {
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id').notNull(),
    id: text('id').notNull(),
    via: text('via').$type<ChannelKind>().notNull(),
    codeHash: text('code_hash').notNull(),
    sentAt: instant('sent_at').notNull(),
    failures: smallint('failures').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId] })],
);

export const channelOptOuts = pgTable(
  'channel_opt_outs',
  {
    organisationId: uuid('organisation_id').notNull(),
    valueMac: text('value_mac').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.valueMac] })],
);

export const enteredContacts = pgTable(
  'entered_contacts',
  {
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id').notNull(),
    kind: text('kind').$type<ChannelKind>().notNull(),
    value: text('value').notNull(),
    shared: boolean('shared').notNull(),
    weak: boolean('weak').notNull(),
    enteredBy: text('entered_by').notNull(),
    enteredAt: instant('entered_at').notNull(),
    usableAt: instant('usable_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId, table.kind] })],
);
