create table emergency_events (
  organisation_id uuid not null references organisations,
  id uuid not null,
  phase text not null,
  -- Null outside the active phase. Read by every lease: event hold is derived, never stored on a delivery.
  relay text,
  scope_everyone boolean not null,
  scope_user_ids uuid[] not null,
  started_at timestamptz(3) not null,
  snapshot jsonb not null,
  primary key (organisation_id, id)
);
create unique index emergency_events_one_open on emergency_events (organisation_id)
  where phase in ('active', 'recovering');
create index emergency_events_recent on emergency_events (organisation_id, started_at desc);

create table event_facts (
  organisation_id uuid not null,
  event_id uuid not null,
  position bigint generated always as identity,
  at timestamptz(3) not null,
  by text not null,
  fact jsonb not null,
  primary key (organisation_id, event_id, position),
  foreign key (organisation_id, event_id) references emergency_events
);

create table event_credentials (
  organisation_id uuid not null,
  event_id uuid not null,
  user_id uuid not null,
  generation integer not null,
  password_mac text not null,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  revoked_at timestamptz(3),
  primary key (organisation_id, event_id, user_id, generation),
  foreign key (organisation_id, event_id) references emergency_events,
  foreign key (organisation_id, user_id) references directory_objects on delete cascade
);

create table event_sign_ins (
  organisation_id uuid not null,
  event_id uuid not null,
  user_id uuid not null,
  first_at timestamptz(3) not null,
  last_at timestamptz(3) not null,
  primary key (organisation_id, event_id, user_id),
  foreign key (organisation_id, event_id) references emergency_events,
  foreign key (organisation_id, user_id) references directory_objects on delete cascade
);

create table notices (
  organisation_id uuid not null references organisations,
  id text not null,
  user_id uuid not null,
  channel text not null,
  kind text not null,
  event_id uuid,
  state text not null,
  detail text not null,
  at timestamptz(3) not null,
  primary key (organisation_id, id)
);
create index notices_event on notices (organisation_id, event_id);

create table primary_health (
  organisation_id uuid primary key references organisations,
  health jsonb not null
);

create table primary_health_history (
  organisation_id uuid not null references organisations,
  id bigint generated always as identity,
  state text not null,
  since timestamptz(3) not null,
  primary key (organisation_id, id)
);
create index primary_health_history_since on primary_health_history (organisation_id, since);
