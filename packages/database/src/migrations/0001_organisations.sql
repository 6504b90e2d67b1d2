-- One row per customer; every other row of a customer carries its organisation_id.
create table organisations (
  organisation_id uuid primary key,
  name text not null,
  plan jsonb not null,
  wrapped_key text not null,
  installed_at timestamptz(3),
  protect_new_users boolean not null,
  directory_synced_at timestamptz(3),
  directory_complete boolean not null,
  lists_copied_at timestamptz(3),
  created_at timestamptz(3) not null
);

create table installation_steps (
  organisation_id uuid not null references organisations,
  step text not null,
  state text not null,
  detail text not null,
  added jsonb not null,
  at timestamptz(3) not null,
  primary key (organisation_id, step)
);

create table connections (
  organisation_id uuid primary key references organisations,
  tenant_id text not null,
  client_id text not null,
  sealed_secret text not null,
  display_name text not null,
  initial_domain text not null,
  connected_at timestamptz(3) not null,
  preflight jsonb
);

create table domains (
  organisation_id uuid not null references organisations,
  name text not null,
  is_initial boolean not null,
  is_verified boolean not null,
  carries_mail boolean not null,
  tenant_mx jsonb not null,
  state text not null,
  observed_mx jsonb not null,
  observed_ttl integer,
  checked_at timestamptz(3),
  check_detail text,
  filter_mode text not null,
  trusted_hops jsonb not null,
  filter_confirmed_at timestamptz(3),
  filter_confirmed_by text,
  primary key (organisation_id, name)
);
-- A domain belongs to one organisation: its mail could not be told apart otherwise.
create unique index domains_name_key on domains (name);

create table list_entries (
  organisation_id uuid not null references organisations,
  id uuid not null,
  kind text not null,
  type text not null,
  value text not null,
  source text not null,
  note text not null,
  added_by text not null,
  added_at timestamptz(3) not null,
  primary key (organisation_id, id),
  unique (organisation_id, kind, value)
);

create table sync_runs (
  organisation_id uuid not null references organisations,
  id uuid not null,
  state text not null,
  started_at timestamptz(3) not null,
  finished_at timestamptz(3),
  seen integer not null,
  added integer not null,
  changed integer not null,
  removed integer not null,
  detail text,
  requested_by text not null,
  primary key (organisation_id, id)
);
create index sync_runs_latest on sync_runs (organisation_id, started_at desc);

create table audit_entries (
  organisation_id uuid not null references organisations,
  id bigint generated always as identity,
  at timestamptz(3) not null,
  actor text not null,
  action text not null,
  subject text not null,
  details jsonb not null,
  ip text,
  primary key (organisation_id, id)
);
