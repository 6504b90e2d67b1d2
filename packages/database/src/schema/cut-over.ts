import { bigint, boolean, jsonb, pgTable, primaryKey, text, uuid } from '../drizzle.ts';
import type {
  CanaryProbeRecord,
  ExchangeAttestation,
  UninstallationRecord,
} from '@holdfast/application';
import type { CutOver, CutOverEvidence, CutOverFact } from '@holdfast/domain';
import { instant } from './columns.ts';

export const domainCutOvers = pgTable(
  'domain_cut_overs',
  {
    organisationId: uuid('organisation_id').notNull(),
    domain: text('domain').notNull(),
    snapshot: jsonb('snapshot').$type<CutOver>(),
    evidence: jsonb('evidence').$type<CutOverEvidence>(),
    gatheredAt: instant('gathered_at'),
    canaryMailbox: text('canary_mailbox'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.domain] })],
);

export const cutOverFacts = pgTable(
  'cut_over_facts',
  {
    organisationId: uuid('organisation_id').notNull(),
    domain: text('domain').notNull(),
    position: bigint('position', { mode: 'number' }).generatedAlwaysAsIdentity(),
    at: instant('at').notNull(),
    by: text('by').notNull(),
    fact: jsonb('fact').$type<CutOverFact>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.domain, table.position] })],
);

export const canaryProbes = pgTable(
  'canary_probes',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    domain: text('domain').notNull(),
    messageId: text('message_id').notNull(),
    probe: jsonb('probe').$type<CanaryProbeRecord>().notNull(),
    open: boolean('open').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);

export const exchangeAttestations = pgTable(
  'exchange_attestations',
  {
    organisationId: uuid('organisation_id').notNull(),
    subject: text('subject').$type<ExchangeAttestation['subject']>().notNull(),
    value: boolean('value').notNull(),
    note: text('note').notNull(),
    by: text('by').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.subject] })],
);

export const uninstallations = pgTable(
  'uninstallations',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    startedAt: instant('started_at').notNull(),
    record: jsonb('record').$type<UninstallationRecord>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);
