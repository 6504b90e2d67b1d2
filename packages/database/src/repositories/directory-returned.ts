import { sql } from '../drizzle.ts';
import type { Transaction } from '../transaction.ts';

/**
 * Notes whom this run had in a group no more, before what it staged is settled. At the first round of groups there is
 * nobody to lose.
 */
export async function noteLostMembers(
  transaction: Transaction,
  organisationId: string,
  runId: string,
  isWhole: boolean,
): Promise<void> {
  await transaction.execute(sql`
    update directory_collections
    set lost_members = array(
      select distinct old.member_id from directory_source_members old
        left join (
          select distinct on (external_id, member_id) external_id, member_id, fact from directory_staging
          where organisation_id = ${organisationId} and run_id = ${runId} and collection = 'groups'
            and member_id is not null
          order by external_id, member_id, position desc) said
          on said.external_id = old.group_id and said.member_id = old.member_id
      where old.organisation_id = ${organisationId} and old.collection = 'groups'
        and case when ${isWhole}::boolean then said.fact is distinct from 'member'
          else said.fact = 'member-gone' end)
    where organisation_id = ${organisationId} and collection = 'groups'`);
}

/**
 * Told of in this run, and not in the tenant's latest word or lost by a group since: a newcomer, whoever was deleted when
 * we last looked, whoever was deleted and restored meanwhile, and whoever was taken out of a group and changed.
 */
export async function findReturned(
  transaction: Transaction,
  organisationId: string,
  runId: string,
): Promise<boolean> {
  const rows = await transaction.execute(sql`
    with told as materialized (
      select distinct external_id from directory_staging
      where organisation_id = ${organisationId} and run_id = ${runId} and collection = 'users'
        and fact = 'object'),
    lost as (
      select unnest(lost_members) as member_id from directory_collections
      where organisation_id = ${organisationId} and collection = 'groups')
    select from told where not exists (
      select from directory_sources known
      where known.organisation_id = ${organisationId} and known.collection = 'users'
        and known.external_id = told.external_id)
    union all
    select from told join lost on lost.member_id = told.external_id
    limit 1`);
  return rows.length > 0;
}
