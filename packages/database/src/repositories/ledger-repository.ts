import type { LedgerRepository } from '@holdfast/application';
import type { Transaction } from '../transaction.ts';
import { countDeliveries } from './delivery-counts.ts';

export function createLedgerRepository(transaction: Transaction): LedgerRepository {
  return {
    counts: async (organisationId) => ({
      inbound: await countDeliveries(transaction, organisationId, 'inbound'),
      outbound: await countDeliveries(transaction, organisationId, 'outbound'),
      notices: await countDeliveries(transaction, organisationId, 'notices'),
    }),
  };
}
