import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from '../drizzle.ts';
import type {
  EmergencyEvent,
  EventFact,
  PrimaryHealth,
  PrimaryState,
  RelaySwitch,
} from '@holdfast/domain';
import type { EvidenceRecord, IncidentsRecord } from '@holdfast/application';
import { instant } from './columns.ts';

export const emergencyEvents = pgTable(
  'emergency_events',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    phase: text('phase').$type<EmergencyEvent['phase']>().notNull(),
    relay: text('relay').$type<RelaySwitch>(),
    scopeEveryone: boolean('scope_everyone').notNull(),
    scopeUserIds: uuid('scope_user_ids').array().notNull(),
    startedAt: instant('started_at').notNull(),
    snapshot: jsonb('snapshot').$type<EmergencyEvent>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);

export const eventFacts = pgTable(
  'event_facts',
  {
    organisationId: uuid('organisation_id').notNull(),
    eventId: uuid('event_id').notNull(),
    position: bigint('position', { mode: 'number' }).generatedAlwaysAsIdentity(),
    at: instant('at').notNull(),
    by: text('by').notNull(),
    fact: jsonb('fact').$type<EventFact>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.eventId, table.position] })],
);

export const eventCredentials = pgTable(
  'event_credentials',
  {
    organisationId: uuid('organisation_id').notNull(),
    eventId: uuid('event_id').notNull(),
    userId: uuid('user_id').notNull(),
    generation: integer('generation').notNull(),
    passwordMac: text('password_mac').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.eventId, table.userId, table.generation] }),
  ],
);

export const eventSignIns = pgTable(
  'event_sign_ins',
  {
    organisationId: uuid('organisation_id').notNull(),
    eventId: uuid('event_id').notNull(),
    userId: uuid('user_id').notNull(),
    firstAt: instant('first_at').notNull(),
    lastAt: instant('last_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.eventId, table.userId] })],
);

export const primaryHealth = pgTable('primary_health', {
  organisationId: uuid('organisation_id').primaryKey(),
  health: jsonb('health').$type<PrimaryHealth>().notNull(),
});

export const primaryHealthHistory = pgTable(
  'primary_health_history',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity(),
    state: text('state').$type<PrimaryState>().notNull(),
    since: instant('since').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);

export const healthEvidence = pgTable(
  'health_evidence',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    source: text('source').$type<EvidenceRecord['source']>().notNull(),
    at: instant('at').notNull(),
    verdict: text('verdict').$type<EvidenceRecord['verdict']>().notNull(),
    weight: text('weight').$type<EvidenceRecord['weight']>().notNull(),
    cause: text('cause').notNull(),
    latency: integer('latency'),
    remedy: text('remedy'),
    until: instant('until').notNull(),
    observations: integer('observations').notNull(),
    slowest: integer('slowest'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);

export const serviceIncidents = pgTable('service_incidents', {
  organisationId: uuid('organisation_id').primaryKey(),
  readAt: instant('read_at').notNull(),
  incidents: jsonb('incidents').$type<IncidentsRecord['incidents']>().notNull(),
});
