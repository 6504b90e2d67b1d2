-- Entries for the recipients of one domain or for one user alone, and entries that run out.
alter table list_entries
  add column for_domain text,
  add column for_user uuid,
  add column expires_at timestamptz(3),
  add constraint list_entries_audience check (for_domain is null or for_user is null);
alter table list_entries drop constraint list_entries_organisation_id_kind_value_key;
create unique index list_entries_value
  on list_entries (organisation_id, kind, type, value, for_domain, for_user) nulls not distinct;
create index list_entries_user on list_entries (organisation_id, for_user) where for_user is not null;

-- The copy from Office 365: how far it is and what it came to, and what became of each thing that was read there.
create table list_copies (
  organisation_id uuid primary key references organisations,
  started_at timestamptz(3) not null,
  finished_at timestamptz(3),
  report jsonb not null
);

create table copied_list_items (
  organisation_id uuid not null references organisations,
  id uuid not null,
  source text not null,
  policy text not null,
  kind text not null,
  raw text not null,
  type text,
  value text,
  for_domain text,
  for_user uuid,
  outcome text not null,
  reason text,
  expires_at timestamptz(3),
  copied_at timestamptz(3) not null,
  primary key (organisation_id, id)
);
-- An incomplete copy is begun again, and reads again what it has read.
create unique index copied_list_items_once
  on copied_list_items (organisation_id, source, policy, kind, raw, for_domain, for_user) nulls not distinct;

-- Mailboxes whose junk settings were read: each once.
create table junk_readings (
  organisation_id uuid not null references organisations,
  user_id uuid not null,
  read_at timestamptz(3) not null,
  entries integer not null,
  contacts_trusted boolean not null,
  lists_only boolean not null,
  primary key (organisation_id, user_id)
);

do $$
declare
  target text;
begin
  foreach target in array array['list_copies', 'copied_list_items', 'junk_readings'] loop
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
