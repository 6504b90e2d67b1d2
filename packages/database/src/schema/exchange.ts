import { boolean, jsonb, pgTable, primaryKey, text, uuid } from '../drizzle.ts';
import type { ExchangeChangeRecord, ExchangeCheck } from '@holdfast/application';
import type { ExchangeFiltering, ExchangeStep } from '@holdfast/domain';
import { instant } from './columns.ts';

export const exchangeSides = pgTable('exchange_sides', {
  organisationId: uuid('organisation_id').primaryKey(),
  filtering: text('filtering').$type<ExchangeFiltering>().notNull(),
  junkRule: boolean('junk_rule').notNull(),
  checkedAt: instant('checked_at'),
  established: text('established').$type<ExchangeCheck['established']>(),
  detail: text('detail'),
  establishedAt: instant('established_at'),
});

export const exchangeChanges = pgTable(
  'exchange_changes',
  {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    way: text('way').$type<ExchangeChangeRecord['way']>().notNull(),
    state: text('state').$type<ExchangeChangeRecord['state']>().notNull(),
    step: jsonb('step').$type<ExchangeStep>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
);
