-- Partitioned by the day of acceptance: retention drops whole days. No foreign keys between these: rows of one message
-- are written in one transaction and go with their day.
create table messages (
  accepted_day date not null,
  id uuid not null,
  organisation_id uuid not null,
  accepted_at timestamptz(3) not null,
  origin text not null,
  instance text not null,
  segment text not null,
  "offset" bigint not null,
  length bigint not null,
  size bigint not null,
  envelope_from text not null,
  client_ip text not null,
  body_type text not null,
  smtp_utf8 boolean not null,
  sender_authenticated boolean not null,
  -- RFC 5322 Message-ID with brackets, out of the summary for the trace.
  message_id text,
  summary jsonb not null,
  primary key (accepted_day, id, organisation_id)
) partition by range (accepted_day);
create index messages_message_id on messages (organisation_id, message_id);
create index messages_accepted on messages (organisation_id, accepted_at);

create table deliveries (
  accepted_day date not null,
  organisation_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  accepted_at timestamptz(3) not null,
  -- Of the message; here so that the ledger counts directions without a join.
  origin text not null,
  recipient text not null,
  route text not null,
  state text not null,
  hold text,
  due_at timestamptz(3),
  attempts integer not null default 0,
  refusals integer not null default 0,
  verdict text not null,
  verdict_reason text not null,
  reply text,
  host text,
  lease_owner text,
  lease_until timestamptz(3),
  updated_at timestamptz(3) not null,
  primary key (accepted_day, id, organisation_id)
) partition by range (accepted_day);
-- The lease query: what is open and waits for its time, oldest due first.
create index deliveries_due on deliveries (due_at, id)
  where state in ('queued', 'deferred', 'held') and due_at is not null;
create index deliveries_leased on deliveries (lease_until) where state = 'leased';
create index deliveries_open on deliveries (organisation_id, accepted_at)
  where state in ('queued', 'leased', 'deferred', 'held', 'quarantined');
create index deliveries_message on deliveries (organisation_id, message_id);
create index deliveries_recipient on deliveries (organisation_id, recipient, accepted_at desc);
create index deliveries_delivered on deliveries (organisation_id, updated_at) where state = 'delivered';

create table delivery_attempts (
  accepted_day date not null,
  organisation_id uuid not null,
  delivery_id uuid not null,
  attempt integer not null,
  at timestamptz(3) not null,
  state text not null,
  host text,
  reply text not null,
  primary key (accepted_day, delivery_id, attempt, organisation_id)
) partition by range (accepted_day);

create table mailbox_items (
  accepted_day date not null,
  organisation_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  user_id uuid not null,
  folder text not null,
  received_at timestamptz(3) not null,
  is_read boolean not null,
  via_group text,
  put_back_at timestamptz(3),
  changed_at timestamptz(3) not null,
  primary key (accepted_day, id, organisation_id)
) partition by range (accepted_day);
create index mailbox_items_page
  on mailbox_items (organisation_id, user_id, folder, received_at desc, id desc);
create index mailbox_items_id on mailbox_items (organisation_id, id);
create index mailbox_items_message on mailbox_items (organisation_id, message_id);

create table submissions (
  organisation_id uuid not null references organisations,
  user_id uuid not null,
  key text not null,
  message_id uuid not null,
  accepted_day date not null,
  accepted_at timestamptz(3) not null,
  primary key (organisation_id, user_id, key)
);
create index submissions_accepted on submissions (organisation_id, accepted_at);

create table uploads (
  organisation_id uuid not null references organisations,
  user_id uuid not null,
  id uuid not null,
  file_name text not null,
  content_type text not null,
  content bytea not null,
  at timestamptz(3) not null,
  primary key (organisation_id, user_id, id)
);

-- Owned by the owner of the tables, so that the roles at run time need no right to change the schema. Attached rather
-- than created in place: creating `partition of` would lock readers out of the parent.
create function holdfast_ensure_day(day date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  parent text;
  part text;
begin
  -- The table made last stands for all of the day.
  if to_regclass('public.mailbox_items_' || to_char(day, 'YYYYMMDD')) is not null then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtext('holdfast_ensure_day'));
  foreach parent in array array['messages', 'deliveries', 'delivery_attempts', 'mailbox_items'] loop
    part := parent || '_' || to_char(day, 'YYYYMMDD');
    if to_regclass('public.' || part) is null then
      execute format('create table public.%I (like public.%I including all)', part, parent);
      execute format('alter table public.%I enable row level security', part);
      execute format('alter table public.%I force row level security', part);
      execute format('alter table public.%I attach partition public.%I for values from (%L) to (%L)',
        parent, part, day, day + 1);
    end if;
  end loop;
end
$$;
revoke all on function holdfast_ensure_day(date) from public;
