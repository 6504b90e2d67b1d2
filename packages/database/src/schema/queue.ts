import { date, integer, jsonb, pgTable, primaryKey, text, uuid } from '../drizzle.ts';
import type { QueueActionRecord } from '@holdfast/application';
import type { DeliveryCommandKind, DeliveryState } from '@holdfast/domain';
import { instant } from './columns.ts';

export const deliveryActions = pgTable(
  'delivery_actions',
  {
    organisationId: uuid('organisation_id').notNull(),
    deliveryId: uuid('delivery_id').notNull(),
    id: uuid('id').notNull(),
    acceptedDay: date('accepted_day').notNull(),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    command: text('command').$type<DeliveryCommandKind>().notNull(),
    state: text('state').$type<DeliveryState>().notNull(),
    reason: text('reason'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.deliveryId, table.id] })],
);

export const queueActions = pgTable(
  'queue_actions',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    command: text('command').$type<DeliveryCommandKind>().notNull(),
    reason: text('reason'),
    filter: jsonb('filter').$type<QueueActionRecord['filter']>().notNull(),
    requestedBy: text('requested_by').notNull(),
    requestedAt: instant('requested_at').notNull(),
    state: text('state').$type<QueueActionRecord['state']>().notNull(),
    expected: integer('expected').notNull(),
    changed: integer('changed').notNull(),
    refused: integer('refused').notNull(),
    reachedAt: instant('reached_at'),
    reachedId: uuid('reached_id'),
    finishedAt: instant('finished_at'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);
