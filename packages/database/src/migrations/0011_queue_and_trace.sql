-- Why a delivery waits: the class of its last reply, so that a queue of any length is counted and filtered by it.
alter table deliveries add column reply_class text;

-- For the trace: addresses are compared in lower case, and a part of a subject is looked for in an index alone. Cut,
-- because an index row takes 2,704 bytes at most, and a subject that is longer must not stop ingest.
alter table messages
  add column sender text generated always as (left(lower(envelope_from), 320)) stored,
  add column subject text generated always as (left(lower(summary ->> 'subject'), 200)) stored;
create index messages_trace
  on messages (organisation_id, accepted_at desc, id desc) include (accepted_day, sender, subject);
-- What it was for, the new one does as well.
drop index messages_accepted;

-- What people did with deliveries, beside what the relay did: few rows, so without partitions.
create table delivery_actions (
  organisation_id uuid not null references organisations,
  delivery_id uuid not null,
  id uuid not null,
  accepted_day date not null,
  at timestamptz(3) not null,
  actor text not null,
  command text not null,
  state text not null,
  reason text,
  primary key (organisation_id, delivery_id, id)
);
create index delivery_actions_day on delivery_actions (accepted_day);

-- A command on more deliveries than one transaction takes: how far it has come.
create table queue_actions (
  organisation_id uuid not null references organisations,
  id uuid not null,
  command text not null,
  reason text,
  filter jsonb not null,
  requested_by text not null,
  requested_at timestamptz(3) not null,
  state text not null,
  expected integer not null,
  changed integer not null,
  refused integer not null,
  reached_at timestamptz(3),
  reached_id uuid,
  finished_at timestamptz(3),
  primary key (organisation_id, id)
);
create index queue_actions_latest on queue_actions (organisation_id, requested_at desc);

do $$
declare
  target text;
begin
  foreach target in array array['delivery_actions', 'queue_actions'] loop
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
-- Written once, never changed; the system removes them with their day.
revoke update, delete on delivery_actions from holdfast_app;
