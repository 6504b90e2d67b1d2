-- What the tenant said last, collection by collection, as it was read: the directory is derived from it in one
-- transaction, so that a delta and a full pass give the same, and what a guard held back is not forgotten.
create table directory_collections (
  organisation_id uuid not null references organisations,
  collection text not null,
  -- Microsoft's, opaque; null where the collection is always read whole.
  delta_link text,
  read_at timestamptz(3) not null,
  full_at timestamptz(3) not null,
  primary key (organisation_id, collection)
);

create table directory_sources (
  organisation_id uuid not null references organisations,
  collection text not null,
  external_id text not null,
  content jsonb not null,
  primary key (organisation_id, collection, external_id)
);

create table directory_source_members (
  organisation_id uuid not null references organisations,
  collection text not null,
  group_id text not null,
  member_id text not null,
  primary key (organisation_id, collection, group_id, member_id)
);

-- Pages of a run that has not ended, and what they come to. Unlogged: worthless after a crash, since the run begins anew.
create unlogged table directory_staging (
  organisation_id uuid not null,
  run_id uuid not null,
  collection text not null,
  -- Of several facts about one thing the last counts.
  position bigint generated always as identity,
  fact text not null,
  external_id text not null,
  member_id text,
  content jsonb
);
create index directory_staging_run on directory_staging (organisation_id, run_id, collection);

create unlogged table directory_wanted (
  organisation_id uuid not null,
  external_id text not null,
  kind text not null,
  display_name text not null,
  primary_address text not null,
  addresses jsonb not null,
  has_mailbox boolean not null,
  account_enabled boolean not null,
  directory_phone text,
  preferred_language text,
  restricted boolean,
  primary key (organisation_id, external_id)
);

alter table directory_objects
  -- Groups: internal only, moderated, or for some senders. Null: not told.
  add column restricted boolean,
  -- Not yet decided about by an administrator or by automatic protection.
  add column newcomer boolean not null default true;
-- Whoever was there already and had a mailbox has been left out by somebody.
update directory_objects set newcomer = kind = 'user' and not has_mailbox and not protected;
create index directory_objects_newcomer on directory_objects (organisation_id, id)
  where newcomer and kind = 'user' and removed_at is null;
create index directory_objects_protected on directory_objects (organisation_id, id)
  where protected and removed_at is null;

alter table domains
  add column mail_type text,
  add column list_complete boolean not null default false,
  add column list_reason text not null default 'never-read',
  add column list_as_of timestamptz(3),
  add column attestation jsonb;

alter table organisations
  add column sync_guard_percent smallint not null default 10,
  -- Replaced by `domains.list_complete`.
  alter column directory_complete set default false;

alter table sync_runs
  add column full_pass boolean not null default true,
  add column phase text,
  -- Whoever works on the run, and its last sign of life.
  add column owner uuid,
  add column heartbeat_at timestamptz(3);

-- A uuid version 7 (RFC 9562 section 5.7), for rows that a statement makes by the thousand.
create function holdfast_uuid_at(at timestamptz) returns uuid language sql volatile as $$
  select encode(set_bit(set_bit(
    overlay(uuid_send(gen_random_uuid())
      placing substring(int8send((extract(epoch from at) * 1000)::bigint) from 3) from 1 for 6),
    52, 1), 53, 1), 'hex')::uuid
$$;

do $$
declare
  target text;
begin
  foreach target in array array['directory_collections', 'directory_sources', 'directory_source_members',
      'directory_staging', 'directory_wanted'] loop
    execute format('alter table public.%I enable row level security', target);
    execute format('alter table public.%I force row level security', target);
    execute format(
      'create policy organisation on public.%I for all to holdfast_app
         using (organisation_id = current_setting(''holdfast.organisation_id'')::uuid)
         with check (organisation_id = current_setting(''holdfast.organisation_id'')::uuid)', target);
    execute format('create policy system on public.%I for all to holdfast_system using (true) with check (true)', target);
    execute format('grant select, insert, update, delete on public.%I to holdfast_app, holdfast_system', target);
  end loop;
end
$$;
grant execute on function holdfast_uuid_at(timestamptz) to holdfast_app, holdfast_system;
