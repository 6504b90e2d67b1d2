import { bigint, boolean, jsonb, pgTable, primaryKey, text, uuid } from '../drizzle.ts';
import type { Drill, DrillFact, SignInMethod } from '@holdfast/domain';
import { instant } from './columns.ts';

export const drills = pgTable(
  'drills',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    phase: text('phase').$type<Drill['phase']>().notNull(),
    startedAt: instant('started_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    snapshot: jsonb('snapshot').$type<Drill>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);

export const drillFacts = pgTable(
  'drill_facts',
  {
    organisationId: uuid('organisation_id').notNull(),
    drillId: uuid('drill_id').notNull(),
    position: bigint('position', { mode: 'number' }).generatedAlwaysAsIdentity(),
    at: instant('at').notNull(),
    by: text('by').notNull(),
    fact: jsonb('fact').$type<DrillFact>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.drillId, table.position] })],
);

export const drillParticipants = pgTable(
  'drill_participants',
  {
    organisationId: uuid('organisation_id').notNull(),
    drillId: uuid('drill_id').notNull(),
    userId: uuid('user_id').notNull(),
    isRunning: boolean('is_running').notNull(),
    passwordMac: text('password_mac'),
    passwordExpiresAt: instant('password_expires_at'),
    passwordUsedAt: instant('password_used_at'),
    signedInAt: instant('signed_in_at'),
    signedInBy: text('signed_in_by').$type<SignInMethod>(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.drillId, table.userId] })],
);
