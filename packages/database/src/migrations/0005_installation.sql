-- Tables of the installation as a whole: read before an organisation is known, by the system role alone.
create table spool_positions (
  instance text not null,
  segment text not null,
  "offset" bigint not null,
  primary key (instance, segment)
);

create table spool_alarms (
  instance text not null,
  segment text not null,
  "offset" bigint not null,
  kind text not null,
  detail text not null,
  at timestamptz(3) not null,
  primary key (instance, segment, "offset", kind)
);

create table sign_in_attempts (
  id bigint generated always as identity primary key,
  key text not null,
  at timestamptz(3) not null
);
create index sign_in_attempts_key on sign_in_attempts (key, at);

create table set_up_tokens (
  singleton boolean primary key default true check (singleton),
  token_hash text not null,
  expires_at timestamptz(3) not null
);

create table installation_marks (
  name text primary key,
  set_at timestamptz not null default now()
);
