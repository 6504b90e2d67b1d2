import { integer, jsonb, pgTable, primaryKey, text, uuid } from '../drizzle.ts';
import type { DomainAlertRecord } from '@holdfast/application';
import { instant } from './columns.ts';

export const domainObservations = pgTable(
  'domain_observations',
  {
    organisationId: uuid('organisation_id').notNull(),
    domain: text('domain').notNull(),
    subject: text('subject').notNull(),
    firstSeenAt: instant('first_seen_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    value: jsonb('value').$type<readonly string[]>().notNull(),
    ttl: integer('ttl'),
  },
  (table) => [
    primaryKey({
      columns: [table.organisationId, table.domain, table.subject, table.firstSeenAt],
    }),
  ],
);

export const domainAlerts = pgTable(
  'domain_alerts',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    domain: text('domain').notNull(),
    kind: text('kind').$type<DomainAlertRecord['kind']>().notNull(),
    subject: text('subject').notNull(),
    level: text('level').$type<DomainAlertRecord['level']>().notNull(),
    seen: text('seen').notNull(),
    since: instant('since').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    clearedAt: instant('cleared_at'),
    notifiedAt: instant('notified_at'),
    notice: text('notice'),
    acceptedBy: text('accepted_by'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);
