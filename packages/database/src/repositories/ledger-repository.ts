import { sql } from '../drizzle.ts';
import type { LedgerPart, LedgerRepository } from '@holdfast/application';
import { OPEN_STATES, TERMINAL_STATES, type DeliveryState } from '@holdfast/domain';
import type { Transaction } from '../transaction.ts';
import { partOf } from './delivery-counts.ts';

export function createLedgerRepository(transaction: Transaction): LedgerRepository {
  return {
    counts: async (organisationId) => {
      // One statement: a day that is retired meanwhile is counted from its rows or as settled, never as both.
      const rows = await transaction.execute<{
        part: LedgerPart;
        state: DeliveryState;
        recipients: number;
      }>(sql`
        select part, state, sum(recipients)::float8 as recipients from (
          select ${partOf(sql`origin`)} as part, state, count(*) as recipients
          from deliveries where organisation_id = ${organisationId} group by 1, 2
          union all
          select part, what, recipients from settled_recipients
          where organisation_id = ${organisationId} and what <> 'accepted') counted
        group by part, state`);
      const of = (part: LedgerPart): Readonly<Record<DeliveryState, number>> => {
        const states = [...OPEN_STATES, ...TERMINAL_STATES].map((state) => {
          const row = rows.find((found) => found.part === part && found.state === state);
          return [state, row?.recipients ?? 0];
        });
        return Object.fromEntries(states) as Record<DeliveryState, number>;
      };
      return { inbound: of('inbound'), outbound: of('outbound'), notices: of('notices') };
    },
    settled: async (organisationId) => {
      const [row] = await transaction.execute<{
        inbound: number;
        outbound: number;
        notices: number;
        removed: readonly { readonly instance: string; readonly segment: string }[];
      }>(sql`
        select
          coalesce(sum(recipients) filter (where part = 'inbound'), 0)::float8 as inbound,
          coalesce(sum(recipients) filter (where part = 'outbound'), 0)::float8 as outbound,
          coalesce(sum(recipients) filter (where part = 'notices'), 0)::float8 as notices,
          (select coalesce(jsonb_agg(jsonb_build_object('instance', instance, 'segment', segment)), '[]')
            from spool_positions where removed_at is not null) as removed
        from settled_recipients
        where organisation_id = ${organisationId} and what = 'accepted'`);
      return {
        accepted: {
          inbound: row?.inbound ?? 0,
          outbound: row?.outbound ?? 0,
          notices: row?.notices ?? 0,
        },
        removed: row?.removed ?? [],
      };
    },
  };
}
