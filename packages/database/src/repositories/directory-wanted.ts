import { sql } from '../drizzle.ts';
import type { MassChange } from '@holdfast/application';
import type { Transaction } from '../transaction.ts';

/**
 * The directory by the tenant's latest word, in `directory_wanted`: what Graph says, with the word of whoever was asked
 * last on what a mailbox is (Exchange's list, or `userPurpose`), and what only Exchange knows. An object that only one of
 * them knows is in it: it may be so new that the other has not seen it yet.
 */
export async function deriveWanted(
  transaction: Transaction,
  organisationId: string,
): Promise<void> {
  const own = sql`organisation_id = ${organisationId}`;
  await transaction.execute(sql`delete from directory_wanted where ${own}`);
  await transaction.execute(sql`
    with graph as materialized (
      select distinct on (external_id) external_id, content as said from directory_sources
      where ${own} and collection in ('users', 'groups', 'contacts')
      order by external_id, collection desc),
    exchange as materialized (
      select external_id, content as listed from directory_sources
      where ${own} and collection = 'recipients'
      union all
      -- Exchange's list of recipients may leave folders out or not.
      select external_id, content from directory_sources folder
      where ${own} and collection = 'public-folders'
        and not exists (
          select from directory_sources listed
          where listed.organisation_id = ${organisationId} and listed.collection = 'recipients'
            and listed.external_id = folder.external_id)
        and not exists (
          select from directory_sources listed
          where listed.organisation_id = ${organisationId} and listed.collection = 'recipients'
            and listed.content ->> 'primaryAddress' = folder.content ->> 'primaryAddress')),
    purpose as materialized (
      select external_id, content as answer from directory_sources
      where ${own} and collection = 'purposes'
        and (content ->> 'at')::bigint > coalesce((
          select extract(epoch from read_at) * 1000 from directory_collections
          where ${own} and collection = 'recipients'), 0)),
    restriction as materialized (
      select external_id, (content ->> 'restricted')::boolean as restricted from directory_sources
      where ${own} and collection = 'restrictions'),
    -- What Graph lists no more is gone when Exchange was last heard before: it may not be asked any longer.
    freshness as materialized (
      select coalesce(
        (select read_at from directory_collections where ${own} and collection = 'recipients')
          < (select read_at from directory_collections where ${own} and collection = 'users'), false) as stale),
    joined as materialized (
      select external_id, said, listed, answer, restricted, stale,
        coalesce(listed ->> 'primaryAddress', said ->> 'primaryAddress') as primary_address,
        coalesce((listed ->> 'inGraph')::boolean, false) as in_graph,
        case when said ->> 'kind' = 'guest' then 'guest'
          else coalesce(answer ->> 'kind', listed ->> 'kind', said ->> 'kind') end as kind
      from graph full join exchange using (external_id) cross join freshness
        left join purpose using (external_id) left join restriction using (external_id))
    insert into directory_wanted (organisation_id, external_id, kind, display_name, primary_address,
      addresses, has_mailbox, account_enabled, directory_phone, preferred_language, restricted)
    select ${organisationId}::uuid, external_id,
      -- Without an account in the directory a user is somebody outside.
      case when said is null and kind = 'user' and not (listed ->> 'hasMailbox')::boolean then 'contact' else kind end,
      coalesce(said ->> 'displayName', listed ->> 'displayName'), primary_address,
      (select jsonb_agg(address order by address <> primary_address, address)
        from (select distinct jsonb_array_elements_text(jsonb_build_array(primary_address) ||
            coalesce(listed -> 'addresses', '[]') || coalesce(said -> 'addresses', '[]')) as address) every),
      kind = 'user' and case
        when answer is not null then (answer ->> 'hasMailbox')::boolean and coalesce((said ->> 'hasMailbox')::boolean, false)
        when listed is not null then (listed ->> 'hasMailbox')::boolean
        else (said ->> 'hasMailbox')::boolean end,
      -- An account that Entra does not have (any more) can be signed in to by nobody.
      coalesce((said ->> 'accountEnabled')::boolean,
        not in_graph or kind not in ('user', 'shared-mailbox', 'room', 'equipment', 'guest')),
      said ->> 'directoryPhone', said ->> 'preferredLanguage', restricted
    from joined
    where primary_address is not null and (said is not null or not in_graph or not stale)`);
}

/** How far `directory_wanted` is from the directory. */
export async function compareWanted(
  transaction: Transaction,
  organisationId: string,
): Promise<MassChange> {
  const own = sql`organisation_id = ${organisationId}`;
  const [row] = await transaction.execute<Record<keyof MassChange, number>>(sql`
    with wanted as materialized (
      select external_id, account_enabled, addresses from directory_wanted where ${own}),
    here as materialized (
      select id, external_id, kind = 'user' and account_enabled as enabled
      from directory_objects where ${own} and removed_at is null),
    address as materialized (
      select address from directory_addresses known where ${own} and object_id in (
        select id from here where external_id in (select external_id from wanted))),
    wanted_address as materialized (
      select distinct jsonb_array_elements_text(addresses) as address from wanted)
    select
      (select count(*) from here)::int as known,
      (select count(*) from here where not exists (
        select from wanted where wanted.external_id = here.external_id))::int as removals,
      (select count(*) from here where enabled)::int as enabled,
      (select count(*) from here where enabled and external_id in (
        select external_id from wanted where not account_enabled))::int as disablings,
      (select count(*) from address)::int as addresses,
      (select count(*) from address where not exists (
        select from wanted_address now where now.address = address.address))::int as "addressLosses"`);
  return {
    known: row?.known ?? 0,
    removals: row?.removals ?? 0,
    enabled: row?.enabled ?? 0,
    disablings: row?.disablings ?? 0,
    addresses: row?.addresses ?? 0,
    addressLosses: row?.addressLosses ?? 0,
  };
}
