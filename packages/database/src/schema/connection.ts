import type { PermissionTier } from '@holdfast/domain';
import { boolean, jsonb, pgTable, primaryKey, text, uuid } from '../drizzle.ts';
import { instant } from './columns.ts';

export const consentAttempts = pgTable(
  'consent_attempts',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    stateHash: text('state_hash').notNull(),
    administratorId: uuid('administrator_id').notNull(),
    tenantId: text('tenant_id').notNull(),
    tenantName: text('tenant_name').notNull(),
    clientId: text('client_id').notNull(),
    tiers: jsonb('tiers').$type<readonly PermissionTier[]>().notNull(),
    admittedBefore: boolean('admitted_before').notNull(),
    startedAt: instant('started_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);

export const applicationKeys = pgTable('application_keys', {
  organisationId: uuid('organisation_id').primaryKey(),
  sealedPrivateKey: text('sealed_private_key').notNull(),
  certificate: text('certificate').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
});
