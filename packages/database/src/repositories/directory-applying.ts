import { sql } from '../drizzle.ts';
import type { AppliedDirectory, HeldBack } from '@holdfast/application';
import { iso, type Transaction } from '../transaction.ts';

/** Brings the directory to `directory_wanted`, but for what is held back. */
export async function applyWanted(
  transaction: Transaction,
  organisationId: string,
  at: number,
  heldBack: HeldBack,
): Promise<AppliedDirectory> {
  await holdBack(transaction, organisationId, heldBack);
  const endedIds = await findEnded(transaction, organisationId, heldBack);
  const { added, changed } = await upsertObjects(transaction, organisationId, at);
  const removed = heldBack.removals ? 0 : await removeMissing(transaction, organisationId, at);
  await writeAddresses(transaction, organisationId);
  await writeMemberships(transaction, organisationId, heldBack);
  return { added, changed, removed, endedIds };
}

async function holdBack(
  transaction: Transaction,
  organisationId: string,
  heldBack: HeldBack,
): Promise<void> {
  if (heldBack.disablings) {
    await transaction.execute(sql`
      update directory_wanted set account_enabled = true
      where organisation_id = ${organisationId} and not account_enabled and external_id in (
        select external_id from directory_objects
        where organisation_id = ${organisationId} and removed_at is null and account_enabled)`);
  }
  if (heldBack.addressLosses) {
    // An address that somebody else has now has moved, and is not lost.
    await transaction.execute(sql`
      with wanted_address as materialized (
        select distinct jsonb_array_elements_text(addresses) as address from directory_wanted
        where organisation_id = ${organisationId}),
      lost as materialized (
        select object.external_id, jsonb_agg(known.address order by known.address) as addresses
        from directory_addresses known
          join directory_objects object
            on object.organisation_id = known.organisation_id and object.id = known.object_id
        where known.organisation_id = ${organisationId} and not exists (
          select from wanted_address now where now.address = known.address)
        group by object.external_id)
      update directory_wanted wanted set addresses = wanted.addresses || lost.addresses
      from lost
      where wanted.organisation_id = ${organisationId} and wanted.external_id = lost.external_id`);
  }
}

/** Product rule: a user who is disabled or removed in the tenant loses the emergency mailbox's sessions at once. */
async function findEnded(
  transaction: Transaction,
  organisationId: string,
  heldBack: HeldBack,
): Promise<readonly string[]> {
  const rows = await transaction.execute<{ id: string }>(sql`
    select object.id from directory_objects object
      left join directory_wanted wanted
        on wanted.organisation_id = object.organisation_id and wanted.external_id = object.external_id
    where object.organisation_id = ${organisationId} and object.removed_at is null
      and object.protected and object.account_enabled
      and (not wanted.account_enabled
        or (not ${heldBack.removals}::boolean and wanted.external_id is null))
    order by object.id`);
  return rows.map(({ id }) => id);
}

/** Ids, protection and contact state of known objects stay; unchanged rows are not written at all. */
async function upsertObjects(
  transaction: Transaction,
  organisationId: string,
  at: number,
): Promise<{ readonly added: number; readonly changed: number }> {
  const [row] = await transaction.execute<{ added: number; changed: number }>(sql`
    with written as (
      insert into directory_objects as known (organisation_id, id, external_id, kind, display_name,
        primary_address, addresses, has_mailbox, account_enabled, directory_phone, preferred_language, restricted)
      select organisation_id, holdfast_uuid_at(${iso(at)}::timestamptz), external_id, kind, display_name,
        primary_address, addresses, has_mailbox, account_enabled, directory_phone, preferred_language, restricted
      from directory_wanted where organisation_id = ${organisationId}
      order by external_id
      on conflict (organisation_id, external_id) do update set kind = excluded.kind,
        display_name = excluded.display_name, primary_address = excluded.primary_address,
        addresses = excluded.addresses, has_mailbox = excluded.has_mailbox,
        account_enabled = excluded.account_enabled, directory_phone = excluded.directory_phone,
        preferred_language = excluded.preferred_language, restricted = excluded.restricted, removed_at = null
      where (known.kind, known.display_name, known.primary_address, known.addresses, known.has_mailbox,
          known.account_enabled, known.directory_phone, known.preferred_language, known.restricted,
          known.removed_at is null)
        is distinct from (excluded.kind, excluded.display_name, excluded.primary_address,
          excluded.addresses, excluded.has_mailbox, excluded.account_enabled, excluded.directory_phone,
          excluded.preferred_language, excluded.restricted, true)
      -- A row that this statement inserted has no deleting transaction.
      returning known.xmax = 0 as inserted)
    select count(*) filter (where inserted)::int as added, count(*) filter (where not inserted)::int as changed
    from written`);
  return { added: row?.added ?? 0, changed: row?.changed ?? 0 };
}

async function removeMissing(
  transaction: Transaction,
  organisationId: string,
  at: number,
): Promise<number> {
  const [row] = await transaction.execute<{ removed: number }>(sql`
    with gone as (
      update directory_objects object set removed_at = ${iso(at)}::timestamptz
      where organisation_id = ${organisationId} and removed_at is null and not exists (
        select from directory_wanted wanted
        where wanted.organisation_id = ${organisationId} and wanted.external_id = object.external_id)
      returning id)
    select count(*)::int as removed from gone`);
  return row?.removed ?? 0;
}

/** What is in the tenant wins over what is only held back, and the primary address where a tenant lists one twice. */
async function writeAddresses(transaction: Transaction, organisationId: string): Promise<void> {
  await transaction.execute(sql`
    with every as materialized (
      select object.id, object.primary_address,
        jsonb_array_elements_text(object.addresses) as address,
        wanted.external_id is not null as is_wanted
      from directory_objects object
        left join directory_wanted wanted
          on wanted.organisation_id = object.organisation_id and wanted.external_id = object.external_id
      where object.organisation_id = ${organisationId} and object.removed_at is null),
    wanted as materialized (
      select distinct on (address) address, id as object_id from every
      order by address, is_wanted desc, address = primary_address desc, id),
    gone as (
      delete from directory_addresses known where organisation_id = ${organisationId}
        and not exists (select from wanted where wanted.address = known.address))
    insert into directory_addresses as known (organisation_id, address, object_id)
    select ${organisationId}::uuid, address, object_id from wanted
    where not exists (
      select from directory_addresses old where old.organisation_id = ${organisationId}
        and old.address = wanted.address and old.object_id = wanted.object_id)
    on conflict (organisation_id, address) do update set object_id = excluded.object_id`);
}

/** Direct members, groups in groups included: whoever expands them walks through each once, so that a cycle ends. */
async function writeMemberships(
  transaction: Transaction,
  organisationId: string,
  heldBack: HeldBack,
): Promise<void> {
  await transaction.execute(sql`
    with wanted as materialized (
      select distinct team.id as group_id, member.id as member_id
      from directory_source_members said
        join directory_objects team
          on team.organisation_id = said.organisation_id and team.external_id = said.group_id
        join directory_objects member
          on member.organisation_id = said.organisation_id and member.external_id = said.member_id
      where said.organisation_id = ${organisationId}),
    gone as (
      delete from directory_memberships known where organisation_id = ${organisationId}
        and not ${heldBack.removals}::boolean
        and not exists (
          select from wanted
          where wanted.group_id = known.group_id and wanted.member_id = known.member_id))
    insert into directory_memberships (organisation_id, group_id, member_id)
    select ${organisationId}::uuid, group_id, member_id from wanted
    where not exists (
      select from directory_memberships old where old.organisation_id = ${organisationId}
        and old.group_id = wanted.group_id and old.member_id = wanted.member_id)
    on conflict do nothing`);
}
