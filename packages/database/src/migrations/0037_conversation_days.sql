-- On which days a conversation has messages, in one table for all days: its figures are asked of these days alone, where
-- every day's table was looked into for each of a hundred conversations (decision 0044). May name a day too many, as after
-- messages were deleted, and never one too few; no key, so that two who write the same wait for nobody.
create table conversation_days (
  organisation_id uuid not null,
  conversation uuid not null,
  accepted_day date not null
);
insert into conversation_days select distinct organisation_id, conversation, accepted_day from mailbox_items;
create index conversation_days_of on conversation_days (organisation_id, conversation, accepted_day);
-- For the day that goes; they are written in its order, or nearly.
create index conversation_days_day on conversation_days using brin (accepted_day);
alter table conversation_days enable row level security;
alter table conversation_days force row level security;
create policy organisation on conversation_days for all to holdfast_app
  using (organisation_id = current_setting('holdfast.organisation_id')::uuid)
  with check (organisation_id = current_setting('holdfast.organisation_id')::uuid);
create policy system on conversation_days for all to holdfast_system using (true) with check (true);
grant select, insert on conversation_days to holdfast_app;
grant select, insert, delete on conversation_days to holdfast_system;

-- By triggers, so that no way of writing a view can forget it.
create function holdfast_note_conversation_days() returns trigger
language plpgsql set search_path = public, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off as $$
begin
  insert into conversation_days (organisation_id, conversation, accepted_day)
  select distinct item.organisation_id, item.conversation, item.accepted_day from added item
  where not exists (select from conversation_days known
    where known.organisation_id = item.organisation_id and known.conversation = item.conversation
      and known.accepted_day = item.accepted_day);
  return null;
end
$$;
create trigger note_conversation_days after insert on mailbox_items
  referencing new table as added for each statement execute function holdfast_note_conversation_days();

create function holdfast_note_conversation_day() returns trigger
language plpgsql set search_path = public, pg_temp set enable_seqscan = off as $$
begin
  insert into conversation_days (organisation_id, conversation, accepted_day)
  select new.organisation_id, new.conversation, new.accepted_day
  where not exists (select from conversation_days known
    where known.organisation_id = new.organisation_id and known.conversation = new.conversation
      and known.accepted_day = new.accepted_day);
  return null;
end
$$;
create trigger note_conversation_day after update of conversation on mailbox_items
  for each row when (old.conversation is distinct from new.conversation)
  execute function holdfast_note_conversation_day();

create or replace function holdfast_conversation_figures(organisation uuid, reader uuid, in_folder text, since timestamptz,
  until timestamptz, wanted uuid[], most integer)
returns table (conversation uuid, count integer, unread integer, ids uuid[], unread_ids uuid[])
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_bitmapscan = off set enable_material = off set jit = off as $$
begin
  return query
    select item.conversation, count(*)::integer, (count(*) filter (where not item.is_read))::integer,
      (array_agg(item.id order by item.received_at desc, item.id desc)
        filter (where item.folder = in_folder))[1:most],
      (array_agg(item.id) filter (where item.folder = in_folder and not item.is_read))[1:most]
    from (
      select distinct known.conversation, known.accepted_day from conversation_days known
      where known.organisation_id = organisation and known.conversation = any (wanted)
        and known.accepted_day >= (since at time zone 'UTC')::date - 1) day
    cross join lateral (
      select mail.* from mailbox_items mail
      -- Written so that no index but that of conversations fits: tables of a day are young and have no statistics, and
      -- all mail of the reader was looked through instead. The reader as in the index: a conversation may be everybody's.
      where mail.accepted_day = day.accepted_day and mail.organisation_id = organisation
        and mail.conversation = day.conversation
        and (mail.conversation, mail.user_id) >= (day.conversation, reader)
        and (mail.conversation, mail.user_id) <= (day.conversation, reader)
        and (mail.received_at between since and until) is true
        and (mail.folder = in_folder or mail.folder not in ('deleted', 'junk'))
      -- Keeps the two apart: joined, all of a month was read for each conversation.
      offset 0) item
    group by item.conversation;
end
$$;

-- Counted no further than `at_most` of a folder: what is shown beyond is a sign, and nobody waits for all of 100,000.
drop index mailbox_items_unread;
create index mailbox_items_unread on mailbox_items (organisation_id, user_id, folder, received_at) where not is_read;
drop function holdfast_folder_counts(uuid, uuid, timestamptz, timestamptz);
create function holdfast_folder_counts(organisation uuid, reader uuid, folders text[], since timestamptz,
  until timestamptz, at_most integer)
returns table (folder text, total integer, unread integer)
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_bitmapscan = off set jit = off as $$
begin
  return query
    -- Each by an index that holds all that is asked for; the day would have to be read from the row.
    select asked.name,
      (select count(*) from (select from mailbox_items item
        where item.organisation_id = organisation and item.user_id = reader and item.folder = asked.name
          and item.received_at between since and until limit at_most) counted)::integer,
      (select count(*) from (select from mailbox_items item
        where item.organisation_id = organisation and item.user_id = reader and item.folder = asked.name
          and not item.is_read and item.received_at between since and until limit at_most) counted)::integer
    from unnest(folders) asked (name);
end
$$;

-- For whoever changed rows by hand, with the triggers off. Returns how many were missing.
create function holdfast_repair_conversation_days() returns bigint
language sql set search_path = public, pg_temp as $$
  with missing as (
    insert into conversation_days (organisation_id, conversation, accepted_day)
    select distinct item.organisation_id, item.conversation, item.accepted_day from mailbox_items item
    where not exists (select from conversation_days known
      where known.organisation_id = item.organisation_id and known.conversation = item.conversation
        and known.accepted_day = item.accepted_day)
    returning 1)
  select count(*) from missing
$$;
revoke all on function holdfast_repair_conversation_days() from public;
grant execute on function holdfast_repair_conversation_days() to holdfast_system;
