-- The words of a message, and of whom it has a view: `@` and the user's id. One index look-up then finds the words within
-- one mailbox, however many others hold the message. Filled from the spool, behind ingest.
create table message_texts (
  accepted_day date not null,
  organisation_id uuid not null,
  message_id uuid not null,
  words tsvector not null,
  primary key (accepted_day, message_id, organisation_id)
) partition by range (accepted_day);
create index message_texts_words on message_texts using gin (words);

alter table message_texts enable row level security;
alter table message_texts force row level security;
create policy system on message_texts for all to holdfast_system using (true) with check (true);
-- For the functions below. The app role has neither a policy nor a grant: under row security `@@` is no longer looked up
-- in the index but compared row by row, which was measured 55 times slower.
create policy owner on message_texts for all to current_user using (true) with check (true);
grant select, insert, update, delete on message_texts to holdfast_system;

-- How far the spool is indexed, segment by segment; never beyond what ingest has committed.
create table search_positions (
  instance text not null,
  segment text not null,
  "offset" bigint not null,
  primary key (instance, segment)
);
grant select, insert, update, delete on search_positions to holdfast_system;

create or replace function holdfast_ensure_day(day date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  parent text;
  part text;
begin
  -- The table made last stands for all of the day.
  if to_regclass('public.message_texts_' || to_char(day, 'YYYYMMDD')) is not null then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtext('holdfast_ensure_day'));
  foreach parent in array array['messages', 'deliveries', 'delivery_attempts', 'mailbox_items', 'message_texts'] loop
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

select holdfast_ensure_day(to_date(right(child.relname, 8), 'YYYYMMDD'))
from pg_inherits join pg_class child on child.oid = inhrelid
where inhparent = 'messages'::regclass;

-- Newest first, in spans of days that grow until there are enough: a word that is in every message is found in the first,
-- one that is rare in all of them with few plans to make. Sees the organisation of the transaction and no other, and
-- messages that the reader has a view of.
create function holdfast_search(reader uuid, query text, since date, before_day date, before_id uuid, at_most integer)
returns table (accepted_day date, message_id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  own uuid := nullif(current_setting('holdfast.organisation_id', true), '')::uuid;
  wanted tsquery := query::tsquery && ('''@' || replace(reader::text, '-', '') || '''')::tsquery;
  newest date := before_day;
  oldest date;
  days integer := 1;
  wants integer := at_most;
  found_here integer;
begin
  if own is null then
    raise exception 'a search needs an organisation';
  end if;
  while newest >= since and wants > 0 loop
    oldest := greatest(since, newest - days + 1);
    -- Days are written into the statement, so that the plan has their tables and no others.
    return query execute format(
      'select text.accepted_day, text.message_id from public.message_texts text
         where text.accepted_day between %L and %L and text.organisation_id = $1 and text.words @@ $2
           and (text.accepted_day < %L or text.message_id < $3)
         order by text.accepted_day desc, text.message_id desc limit $4', oldest, newest, before_day)
      using own, wanted, before_id, wants;
    get diagnostics found_here = row_count;
    wants := wants - found_here;
    newest := oldest - 1;
    days := days * 3;
  end loop;
end
$$;
revoke all on function holdfast_search(uuid, text, date, date, uuid, integer) from public;
grant execute on function holdfast_search(uuid, text, date, date, uuid, integer) to holdfast_app;

-- A message that was kept back is shown to somebody now, and found from now on.
create function holdfast_show_in_search(day date, message uuid, reader uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
  update message_texts set words = words || ('''@' || replace(reader::text, '-', '') || '''')::tsvector
  where accepted_day = day and message_id = message
    and organisation_id = current_setting('holdfast.organisation_id')::uuid
$$;
revoke all on function holdfast_show_in_search(date, uuid, uuid) from public;
grant execute on function holdfast_show_in_search(date, uuid, uuid) to holdfast_app;
