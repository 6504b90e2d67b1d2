import { sql } from '../drizzle.ts';
import type { MailboxRepository } from '@holdfast/application';
import { iso, type Transaction } from '../transaction.ts';

/** As many of the newest messages of a folder are looked at: completion is asked with every letter. */
const LOOKED_AT = 500;

/** With whom a person has written: those they wrote to before those who wrote to them, the latest first. */
export function createCorrespondents(
  transaction: Transaction,
  organisationId: string,
): Pick<MailboxRepository, 'correspondents'> {
  const newest = (userId: string, folder: 'sent' | 'inbox', since: number) => sql`
    (select accepted_day, message_id, received_at from mailbox_items
      where organisation_id = ${organisationId} and user_id = ${userId} and folder = ${folder}
        and received_at >= ${iso(since)}::timestamptz and accepted_day >= ${iso(since)}::date
      order by received_at desc, id desc limit ${LOOKED_AT})`;
  const messageOf = sql`messages message on message.accepted_day = item.accepted_day
    and message.id = item.message_id and message.organisation_id = ${organisationId}`;
  return {
    correspondents: async (userId, query, since, limit) => {
      const wanted = `%${query.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
      const rows = await transaction.execute<{ name: string; address: string }>(sql`
        with parties as (
          select jsonb_array_elements((message.summary -> 'to') || (message.summary -> 'cc')) as party,
            item.received_at as at, 0 as rank
          from ${newest(userId, 'sent', since)} item join ${messageOf}
          union all
          select message.summary -> 'from', item.received_at, 1
          from ${newest(userId, 'inbox', since)} item join ${messageOf}),
        found as (
          select party ->> 'name' as name, lower(party ->> 'address') as address, at, rank
          from parties
          where lower(party ->> 'address') like ${wanted} or lower(party ->> 'name') like ${wanted})
        select coalesce(max(name), '') as name, address from found where address is not null
        group by address order by min(rank), max(at) desc limit ${limit}`);
      return rows.map(({ name, address }) => ({ name, address }));
    },
  };
}
