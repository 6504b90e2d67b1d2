import { sql } from '../drizzle.ts';
import type { DirectoryRepository } from '@holdfast/application';
import {
  ALTERNATE_INFO_STATES,
  type AlternateInfoState,
  type DirectoryKind,
} from '@holdfast/domain';
import { anyText, anyUuid, type Transaction } from '../transaction.ts';

type Figures = Pick<
  DirectoryRepository,
  | 'dueForReminder'
  | 'saveReminders'
  | 'newcomers'
  | 'settleNewcomers'
  | 'counts'
  | 'coverage'
  | 'addressesWithin'
  | 'shapes'
>;

/** What is asked of the directory as a whole: counted where it lies, since it may have 50,000 objects. */
export function createDirectoryFigures(transaction: Transaction, organisationId: string): Figures {
  const here = sql`organisation_id = ${organisationId} and removed_at is null`;
  const eligible = (domains: readonly string[]) =>
    sql`kind = 'user' and has_mailbox and split_part(primary_address, '@', 2) = ${anyText(domains)}`;
  return {
    dueForReminder: async ({ askedBefore, most, limit }) => {
      const rows = await transaction.execute<{ id: string }>(sql`
        select id from directory_objects object
        where ${here} and protected and account_enabled and reminders < ${most}
          and last_asked_at <= ${new Date(askedBefore).toISOString()}::timestamptz
          and (alternate_info in ('asked', 'given') or exists (
            select from contact_channels channel
            where channel.organisation_id = object.organisation_id and channel.user_id = object.id
              and channel.channel ->> 'state' = 'stale'))
        order by last_asked_at, id limit ${limit}`);
      return rows.map(({ id }) => id);
    },
    saveReminders: async (ids, count) => {
      const next = count === 'none' ? sql`0` : sql`reminders + 1`;
      await transaction.execute(sql`
        update directory_objects set reminders = ${next}
        where organisation_id = ${organisationId} and id = ${anyUuid(ids)}`);
    },
    newcomers: async (domains) => {
      const rows = await transaction.execute<{ id: string }>(sql`
        select id from directory_objects
        where ${here} and newcomer and not protected and account_enabled and ${eligible(domains)}
        order by id`);
      return rows.map(({ id }) => id);
    },
    settleNewcomers: async (domains) => {
      await transaction.execute(sql`
        update directory_objects set newcomer = false
        where ${here} and newcomer and account_enabled and ${eligible(domains)}`);
    },
    counts: async (domains) => {
      const [row] = await transaction.execute<{
        total: number;
        protected: number;
        eligible: number;
        switchedOff: number;
      }>(sql`
        select count(*)::int as total, count(*) filter (where protected)::int as protected,
          count(*) filter (where ${eligible(domains)})::int as eligible,
          count(*) filter (where not account_enabled and ${eligible(domains)})::int as "switchedOff"
        from directory_objects where ${here}`);
      return row ?? { total: 0, protected: 0, eligible: 0, switchedOff: 0 };
    },
    coverage: async () => {
      const rows = await transaction.execute<{ state: AlternateInfoState; users: number }>(sql`
        select alternate_info as state, count(*)::int as users from directory_objects
        where ${here} and protected group by 1`);
      const counted = new Map(rows.map(({ state, users }) => [state, users]));
      const [missing, optedOut, asked, given, verified, opened] = ALTERNATE_INFO_STATES;
      const count = (state: AlternateInfoState): number => counted.get(state) ?? 0;
      return {
        [missing]: count(missing),
        [optedOut]: count(optedOut),
        [asked]: count(asked),
        [given]: count(given),
        [verified]: count(verified),
        [opened]: count(opened),
      };
    },
    addressesWithin: async (domains) => {
      // Joined on the address table: an address that two objects claim has one owner there.
      const rows = await transaction.execute<{
        address: string;
        kind: DirectoryKind;
        protected: boolean;
      }>(sql`
        select known.address, object.kind, object.protected
        from directory_addresses known join directory_objects object
          on object.organisation_id = known.organisation_id and object.id = known.object_id
        where known.organisation_id = ${organisationId}
          and split_part(known.address, '@', 2) = ${anyText(domains)}
        order by known.address`);
      return [...rows];
    },
    shapes: async (domains) => {
      const rows = await transaction.execute<{
        domain: string;
        addresses: number;
        kinds: DirectoryKind[];
      }>(sql`
        select split_part(known.address, '@', 2) as domain, count(*)::int as addresses,
          jsonb_agg(distinct object.kind order by object.kind) as kinds
        from directory_addresses known join directory_objects object
          on object.organisation_id = known.organisation_id and object.id = known.object_id
        where known.organisation_id = ${organisationId}
          and split_part(known.address, '@', 2) = ${anyText(domains)}
        group by 1`);
      const found = new Map(rows.map((row) => [row.domain, row]));
      return domains.map((domain) => found.get(domain) ?? { domain, addresses: 0, kinds: [] });
    },
  };
}
