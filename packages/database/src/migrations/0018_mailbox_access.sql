-- What a person did with a message in the emergency mailbox, as opposed to what was followed from Office 365: only that
-- is carried back after an event. `is_flagged` is the follow-up flag.
alter table mailbox_items add column is_flagged boolean not null default false;
alter table mailbox_items add column touched_at timestamptz(3);

-- One row for each protected user whose mailbox at Office 365 is copied, and how far that is (decision 0032).
create table copied_mailboxes (
  organisation_id uuid not null references organisations,
  user_id uuid not null,
  state text not null,
  -- What Office 365 said, when the state is not a good one.
  detail text,
  began_at timestamptz(3) not null,
  -- The first whole round: from then on the mailbox is all there.
  completed_at timestamptz(3),
  -- The end of the last whole round.
  checked_at timestamptz(3),
  -- Not before; while it is worked on, until when nobody else does.
  next_at timestamptz(3) not null,
  messages bigint not null default 0,
  bytes bigint not null default 0,
  -- Too large, or gone before they could be read.
  skipped bigint not null default 0,
  primary key (organisation_id, user_id)
);
create index copied_mailboxes_next on copied_mailboxes (organisation_id, next_at);

create table copied_folders (
  organisation_id uuid not null references organisations,
  user_id uuid not null,
  external_id text not null,
  folder text not null,
  -- Where Graph's delta goes on: in the midst of a round or at the beginning of the next; null: from the beginning.
  link text,
  -- A round began without a link: what is known of the folder and does not come again is gone.
  restarted_at timestamptz(3),
  primary key (organisation_id, user_id, external_id)
);

-- Which message of ours an item of Office 365 is. Without partitions: it is looked up by its id there.
create table copied_messages (
  organisation_id uuid not null references organisations,
  user_id uuid not null,
  -- Immutable id in Graph.
  external_id text not null,
  folder_id text not null,
  -- RFC 5322 Message-ID with brackets.
  message_id text,
  received_at timestamptz(3) not null,
  -- Of the record that was copied; null: the gateway's own copy is shown, or it was not copied.
  record_id uuid,
  seen_at timestamptz(3) not null,
  -- It left its folder; whether it is gone or elsewhere is known when every folder was looked at.
  lost_at timestamptz(3),
  primary key (organisation_id, user_id, external_id)
);
create index copied_messages_message on copied_messages (organisation_id, user_id, message_id);
create index copied_messages_lost on copied_messages (organisation_id, user_id) where lost_at is not null;

create table copy_budgets (
  organisation_id uuid not null references organisations,
  day date not null,
  messages bigint not null,
  bytes bigint not null,
  primary key (organisation_id, day)
);

-- The meetings of the days to come, sealed by the secret key: one text for each person.
create table copied_calendars (
  organisation_id uuid not null references organisations,
  user_id uuid not null,
  sealed text not null,
  as_of timestamptz(3) not null,
  primary key (organisation_id, user_id)
);

-- What became of each thing that an event put back into Office 365.
create table put_back_items (
  organisation_id uuid not null references organisations,
  event_id uuid not null,
  item_id uuid not null,
  user_id uuid not null,
  kind text not null,
  outcome text not null,
  detail text,
  tries integer not null,
  at timestamptz(3) not null,
  primary key (organisation_id, event_id, item_id, kind)
);

do $$
declare
  target text;
begin
  foreach target in array array['copied_mailboxes', 'copied_folders', 'copied_messages', 'copy_budgets',
    'copied_calendars', 'put_back_items'] loop
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

-- A copy whose original was purged in Office 365 is not found any more.
create function holdfast_forget_words(day date, message uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from message_texts
  where accepted_day = day and message_id = message
    and organisation_id = current_setting('holdfast.organisation_id')::uuid
$$;
revoke all on function holdfast_forget_words(date, uuid) from public;
grant execute on function holdfast_forget_words(date, uuid) to holdfast_app;
