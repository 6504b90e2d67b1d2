-- A drill is no event: whatever asks for an open event, holds relay or puts mail back reads `emergency_events`, and finds
-- none here (decision 0045).
create table drills (
  organisation_id uuid not null references organisations,
  id uuid not null,
  phase text not null,
  started_at timestamptz(3) not null,
  ends_at timestamptz(3) not null,
  snapshot jsonb not null,
  primary key (organisation_id, id)
);
create index drills_running on drills (organisation_id) where phase = 'running';
create index drills_recent on drills (organisation_id, started_at desc);

create table drill_facts (
  organisation_id uuid not null,
  drill_id uuid not null,
  position bigint generated always as identity,
  at timestamptz(3) not null,
  by text not null,
  fact jsonb not null,
  primary key (organisation_id, drill_id, position),
  foreign key (organisation_id, drill_id) references drills
);

create table drill_participants (
  organisation_id uuid not null,
  drill_id uuid not null,
  user_id uuid not null,
  is_running boolean not null,
  -- HMAC of the temporary password; null until the notice is made.
  password_mac text,
  password_expires_at timestamptz(3),
  password_used_at timestamptz(3),
  signed_in_at timestamptz(3),
  signed_in_by text,
  primary key (organisation_id, drill_id, user_id),
  foreign key (organisation_id, drill_id) references drills,
  foreign key (organisation_id, user_id) references directory_objects on delete cascade
);
-- Nobody is in two drills at a time.
create unique index drill_participants_once on drill_participants (organisation_id, user_id)
  where is_running;
create index drill_participants_user on drill_participants (organisation_id, user_id);

-- What was written in a drill. The messages have no deliveries; their views go when the drill is over.
create table drill_messages (
  organisation_id uuid not null,
  drill_id uuid not null,
  accepted_day date not null,
  message_id uuid not null,
  user_id uuid not null,
  at timestamptz(3) not null,
  primary key (organisation_id, drill_id, message_id),
  foreign key (organisation_id, drill_id) references drills
);
create index drill_messages_message on drill_messages (organisation_id, message_id);

-- The last wall: there is no row that a relay could lease. Rows from before drills cannot be of one.
alter table deliveries add constraint deliveries_not_of_a_drill check (origin <> 'drill') not valid;

-- Whether the last sign-in was for a drill; the users table says so.
alter table directory_objects add column last_sign_in_drill boolean not null default false;

do $$
declare
  target text;
begin
  foreach target in array array['drills', 'drill_facts', 'drill_participants', 'drill_messages'] loop
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
