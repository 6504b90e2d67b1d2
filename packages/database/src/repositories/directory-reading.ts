import { sql } from '../drizzle.ts';
import type { DirectoryReading, SyncCounts } from '@holdfast/application';
import type { SQL } from 'drizzle-orm';
import { asJson, iso, type Transaction } from '../transaction.ts';
import { uuidAt } from '../uuid.ts';

/** One row of a reading, in the form the statements below unpack. */
interface WantedObject {
  readonly id: string;
  readonly externalId: string;
  readonly kind: string;
  readonly displayName: string;
  readonly primaryAddress: string;
  readonly addresses: readonly string[];
  readonly hasMailbox: boolean;
  readonly accountEnabled: boolean;
  readonly directoryPhone: string | null;
  readonly preferredLanguage: string | null;
}

/** Lower-case, each address once, the primary first: so that an unchanged object compares equal. */
function wantedObjects(reading: DirectoryReading, at: number): readonly WantedObject[] {
  const byExternalId = new Map<string, WantedObject>();
  for (const object of reading.objects) {
    const primaryAddress = object.primaryAddress.toLowerCase();
    const others = object.addresses.map((address) => address.toLowerCase()).toSorted();
    const addresses = [...new Set([primaryAddress, ...others])].filter((address) => address !== '');
    byExternalId.set(object.externalId, { ...object, id: uuidAt(at), primaryAddress, addresses });
  }
  return [...byExternalId.values()];
}

function unpack(objects: readonly WantedObject[]): SQL {
  return sql`jsonb_to_recordset(${asJson(objects)}) as wanted(id uuid, "externalId" text, kind text,
    "displayName" text, "primaryAddress" text, addresses jsonb, "hasMailbox" boolean,
    "accountEnabled" boolean, "directoryPhone" text, "preferredLanguage" text)`;
}

/**
 * What `applyReading` would do. An object that comes back counts as changed. Everything is `in` rather than a join: on
 * a directory that was never analysed the planner expects one row and loops ten thousand times ten thousand (10 s).
 */
export async function compareReading(
  transaction: Transaction,
  organisationId: string,
  reading: DirectoryReading,
): Promise<SyncCounts & { readonly known: number }> {
  const objects = wantedObjects(reading, 0);
  const rows = await transaction.execute<
    Record<'added' | 'different' | 'removed' | 'known', number>
  >(sql`
    with wanted as materialized (
      select "externalId" as external_id, row("externalId", kind, "displayName", "primaryAddress",
        addresses, "hasMailbox", "accountEnabled", "directoryPhone", "preferredLanguage")::text as content
      from ${unpack(objects)}),
    present as materialized (
      select external_id, removed_at is null as here, row(external_id, kind, display_name,
        primary_address, addresses, has_mailbox, account_enabled, directory_phone,
        preferred_language)::text as content
      from directory_objects where organisation_id = ${organisationId})
    select
      (select count(*) from wanted
        where external_id not in (select external_id from present))::int as added,
      (select count(*) from wanted
        where content not in (select content from present where here))::int as different,
      (select count(*) from present
        where here and external_id not in (select external_id from wanted))::int as removed,
      (select count(*) from present where here)::int as known`);
  const { added = 0, different = 0, removed = 0, known = 0 } = rows[0] ?? {};
  return { added, changed: different - added, removed, known };
}

export async function applyReading(
  transaction: Transaction,
  organisationId: string,
  reading: DirectoryReading,
  at: number,
  options: { readonly keepRemoved: boolean },
): Promise<SyncCounts & { readonly addedIds: readonly string[] }> {
  const objects = wantedObjects(reading, at);
  const written = await upsertObjects(transaction, organisationId, objects);
  const removed = options.keepRemoved
    ? 0
    : await removeMissing(transaction, organisationId, objects, at);
  await writeAddresses(transaction, organisationId);
  await writeMemberships(transaction, organisationId, reading, options);
  const added = written.filter((row) => row.inserted);
  return {
    added: added.length,
    changed: written.length - added.length,
    removed,
    addedIds: added.filter((row) => row.kind === 'user').map((row) => row.id),
  };
}

/** Ids, protection and contact state of known objects stay; unchanged rows are not written at all. */
async function upsertObjects(
  transaction: Transaction,
  organisationId: string,
  objects: readonly WantedObject[],
): Promise<readonly { readonly id: string; readonly kind: string; readonly inserted: boolean }[]> {
  return transaction.execute<{ id: string; kind: string; inserted: boolean }>(sql`
    insert into directory_objects as known (organisation_id, id, external_id, kind, display_name,
      primary_address, addresses, has_mailbox, account_enabled, directory_phone, preferred_language)
    select ${organisationId}::uuid, id, "externalId", kind, "displayName", "primaryAddress", addresses,
      "hasMailbox", "accountEnabled", "directoryPhone", "preferredLanguage"
    from ${unpack(objects)}
    on conflict (organisation_id, external_id) do update set kind = excluded.kind,
      display_name = excluded.display_name, primary_address = excluded.primary_address,
      addresses = excluded.addresses, has_mailbox = excluded.has_mailbox,
      account_enabled = excluded.account_enabled, directory_phone = excluded.directory_phone,
      preferred_language = excluded.preferred_language, removed_at = null
    where (known.kind, known.display_name, known.primary_address, known.addresses, known.has_mailbox,
        known.account_enabled, known.directory_phone, known.preferred_language, known.removed_at is null)
      is distinct from (excluded.kind, excluded.display_name, excluded.primary_address,
        excluded.addresses, excluded.has_mailbox, excluded.account_enabled, excluded.directory_phone,
        excluded.preferred_language, true)
    -- A row that this statement inserted has no deleting transaction.
    returning known.id, known.kind, (known.xmax = 0) as inserted`);
}

async function removeMissing(
  transaction: Transaction,
  organisationId: string,
  objects: readonly WantedObject[],
  at: number,
): Promise<number> {
  const present = JSON.stringify(objects.map(({ externalId }) => externalId));
  const rows = await transaction.execute(sql`
    update directory_objects set removed_at = ${iso(at)}::timestamptz
    where organisation_id = ${organisationId} and removed_at is null
      and external_id not in (select jsonb_array_elements_text(${present}::jsonb))
    returning id`);
  return rows.length;
}

/** The primary address wins where a tenant lists one address twice. */
async function writeAddresses(transaction: Transaction, organisationId: string): Promise<void> {
  await transaction.execute(sql`
    with wanted as materialized (
      select distinct on (entry.address) entry.address, object.id as object_id
      from directory_objects object
        cross join lateral jsonb_array_elements_text(object.addresses) as entry(address)
      where object.organisation_id = ${organisationId} and object.removed_at is null
      order by entry.address, (entry.address = object.primary_address) desc, object.id),
    gone as (
      delete from directory_addresses known where known.organisation_id = ${organisationId}
        and known.address not in (select address from wanted))
    insert into directory_addresses as known (organisation_id, address, object_id)
    select ${organisationId}::uuid, address, object_id from wanted
    on conflict (organisation_id, address) do update set object_id = excluded.object_id
      where known.object_id <> excluded.object_id`);
}

async function writeMemberships(
  transaction: Transaction,
  organisationId: string,
  reading: DirectoryReading,
  options: { readonly keepRemoved: boolean },
): Promise<void> {
  await transaction.execute(sql`
    with wanted as materialized (
      select distinct team.id as group_id, member.object_id as member_id
      from jsonb_to_recordset(${asJson(reading.memberships)})
          as read("groupExternalId" text, "memberAddresses" jsonb)
        join directory_objects team on team.organisation_id = ${organisationId}
          and team.external_id = read."groupExternalId"
        cross join lateral jsonb_array_elements_text(read."memberAddresses") as entry(address)
        join directory_addresses member on member.organisation_id = ${organisationId}
          and member.address = lower(entry.address)),
    gone as (
      delete from directory_memberships known where known.organisation_id = ${organisationId}
        and not ${options.keepRemoved}::boolean
        and (known.group_id, known.member_id) not in (select group_id, member_id from wanted))
    insert into directory_memberships (organisation_id, group_id, member_id)
    select ${organisationId}::uuid, group_id, member_id from wanted
    on conflict do nothing`);
}
