import { asc, eq } from '../drizzle.ts';
import type { ExchangeRepository, ExchangeSideRecord } from '@holdfast/application';
import { exchangeChanges, exchangeSides } from '../schema/exchange.ts';
import type { Transaction } from '../transaction.ts';

/** Before anybody has chosen: the default of decision 0030. */
const UNTOUCHED: ExchangeSideRecord = {
  filtering: 'enhanced',
  junkRule: true,
  check: null,
  establishedAt: null,
};

export function createExchangeRepository(
  transaction: Transaction,
  organisationId: string,
): ExchangeRepository {
  const get = async (): Promise<ExchangeSideRecord> => {
    const [row] = await transaction
      .select()
      .from(exchangeSides)
      .where(eq(exchangeSides.organisationId, organisationId));
    return row === undefined ? UNTOUCHED : toRecord(row);
  };
  return {
    side: get,
    saveSide: async (change) => {
      const { check, ...rest } = { ...(await get()), ...change };
      const row = {
        ...rest,
        checkedAt: check?.at ?? null,
        established: check?.established ?? null,
        detail: check?.detail ?? null,
      };
      await transaction
        .insert(exchangeSides)
        .values({ organisationId, ...row })
        .onConflictDoUpdate({ target: exchangeSides.organisationId, set: row });
    },
    changes: async () => {
      const rows = await transaction
        .select()
        .from(exchangeChanges)
        .where(eq(exchangeChanges.organisationId, organisationId))
        // Ids are of version 7: in the order in which they were made.
        .orderBy(asc(exchangeChanges.at), asc(exchangeChanges.id));
      return rows.map(({ organisationId: _own, ...record }) => record);
    },
    saveChange: async (record) => {
      await transaction
        .insert(exchangeChanges)
        .values({ organisationId, ...record })
        .onConflictDoUpdate({
          target: [exchangeChanges.organisationId, exchangeChanges.id],
          set: { state: record.state },
        });
    },
  };
}

function toRecord(row: typeof exchangeSides.$inferSelect): ExchangeSideRecord {
  const { filtering, junkRule, checkedAt, established, detail, establishedAt } = row;
  const check =
    checkedAt === null || established === null
      ? null
      : { at: checkedAt, established, detail: detail ?? '' };
  return { filtering, junkRule, check, establishedAt };
}
