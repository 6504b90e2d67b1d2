import { bigint, integer, jsonb, pgTable, primaryKey, text, uuid } from '../drizzle.ts';
import type { SignInCodeRecord } from '@holdfast/application';
import { instant } from './columns.ts';

export const signInCodes = pgTable(
  'sign_in_codes',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    userId: uuid('user_id').notNull(),
    kind: text('kind').$type<SignInCodeRecord['kind']>().notNull(),
    codeMac: text('code_mac').notNull(),
    linkHash: text('link_hash'),
    ticketHash: text('ticket_hash'),
    madeAt: instant('made_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    failures: integer('failures').notNull(),
    madeBy: text('made_by'),
    identityCheck: text('identity_check').$type<NonNullable<SignInCodeRecord['identityCheck']>>(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);

export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    userId: uuid('user_id').notNull(),
    codeMac: text('code_mac').notNull(),
    madeAt: instant('made_at').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);

export const passkeys = pgTable(
  'passkeys',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    userId: uuid('user_id').notNull(),
    credentialId: text('credential_id').notNull(),
    publicKey: text('public_key').notNull(),
    counter: bigint('counter', { mode: 'number' }).notNull(),
    transports: jsonb('transports').$type<readonly string[]>().notNull(),
    device: text('device').notNull(),
    madeAt: instant('made_at').notNull(),
    lastUsedAt: instant('last_used_at'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);

export const passkeyChallenges = pgTable('passkey_challenges', {
  challengeHash: text('challenge_hash').primaryKey(),
  purpose: text('purpose').$type<'register' | 'sign-in'>().notNull(),
  userId: uuid('user_id'),
  expiresAt: instant('expires_at').notNull(),
});
