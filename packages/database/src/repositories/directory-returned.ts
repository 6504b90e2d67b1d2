import { sql } from '../drizzle.ts';
import type { Transaction } from '../transaction.ts';

/** Members of groups in the tenant's latest word, who are in them no more by what this run has staged. */
function lostMembers(organisationId: string, runId: string, groupsAreWhole: boolean) {
  return sql`
    select distinct old.member_id from directory_source_members old
      left join (
        select distinct on (external_id, member_id) external_id, member_id, fact from directory_staging
        where organisation_id = ${organisationId} and run_id = ${runId} and collection = 'groups'
          and member_id is not null
        order by external_id, member_id, position desc) said
        on said.external_id = old.group_id and said.member_id = old.member_id
    where old.organisation_id = ${organisationId} and old.collection = 'groups'
      and case when ${groupsAreWhole}::boolean then said.fact is distinct from 'member'
        else said.fact = 'member-gone' end`;
}

/** Before what is staged of the groups is settled; the round of groups has a row from the first one on. */
export async function noteLostMembers(
  transaction: Transaction,
  organisationId: string,
  runId: string,
  isWhole: boolean,
): Promise<void> {
  await transaction.execute(sql`
    update directory_collections
    set lost_members = array(${lostMembers(organisationId, runId, isWhole)})
    where organisation_id = ${organisationId} and collection = 'groups'`);
}

/**
 * Known to us and there again: not in the tenant's latest word any more, or told of and in a group no more, which is how
 * somebody looks who was deleted and restored between two rounds of users. Also after a whole round of groups: they may be
 * back only since it. Whoever was merely taken out of a group and changed looks the same; reading the groups once more
 * does no harm.
 */
export async function findReturned(
  transaction: Transaction,
  organisationId: string,
  runId: string,
  groupsAreWhole: boolean,
): Promise<boolean> {
  const rows = await transaction.execute(sql`
    with told as materialized (
      select distinct external_id from directory_staging
      where organisation_id = ${organisationId} and run_id = ${runId} and collection = 'users'
        and fact = 'object'),
    lost as (
      select member_id from (${lostMembers(organisationId, runId, groupsAreWhole)}) now
      union all
      select unnest(lost_members) from directory_collections
      where organisation_id = ${organisationId} and collection = 'groups'),
    back as (
      select external_id from told
      where not exists (
        select from directory_sources known
        where known.organisation_id = ${organisationId} and known.collection = 'users'
          and known.external_id = told.external_id)
      union all
      select external_id from told join lost on lost.member_id = told.external_id)
    select from back join directory_objects ours
      on ours.organisation_id = ${organisationId} and ours.external_id = back.external_id
    limit 1`);
  return rows.length > 0;
}
