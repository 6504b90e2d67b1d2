-- The words of a message, and of whom it has a view: `@` and the user's id. One index look-up then finds the words within
-- one mailbox, however many others hold the message. Filled from the spool, behind ingest.
create table message_texts (
  accepted_day date not null,
  organisation_id uuid not null,
  message_id uuid not null,
  words tsvector not null,
  primary key (accepted_day, message_id, organisation_id)
) partition by range (accepted_day);
-- Entered at once: every search would read through a list of what is still to be entered, in each day's table.
create index message_texts_words on message_texts using gin (words) with (fastupdate = off);

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
      -- A search names the tables of its days, whose own policies hold then.
      if parent = 'message_texts' then
        execute format('create policy owner on public.%I for all to current_user using (true) with check (true)', part);
      end if;
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
language plpgsql stable security definer set search_path = public, pg_temp
-- Tables of a day are young and have no statistics: only the index on words is worth looking at.
set enable_seqscan = off set enable_indexscan = off set jit = off as $$
declare
  own uuid := nullif(current_setting('holdfast.organisation_id', true), '')::uuid;
  wanted tsquery := query::tsquery && ('''@' || replace(reader::text, '-', '') || '''')::tsquery;
  newest date := before_day;
  oldest date;
  days integer := 1;
  wants integer := at_most;
  found_here integer;
  found_in text;
begin
  if own is null then
    raise exception 'a search needs an organisation';
  end if;
  while newest >= since and wants > 0 loop
    oldest := greatest(since, newest - days + 1);
    -- Written so that no index but that of the words fits, and only the tables of these days have a plan.
    select string_agg(format(
        'select accepted_day, message_id from public.%I where words @@ $2 and (organisation_id = $1) is true
           and (accepted_day < %L or message_id < $3) is true', part, before_day), ' union all ')
      into found_in
      from (select 'message_texts_' || to_char(newest - ago, 'YYYYMMDD') as part
        from generate_series(0, newest - oldest) ago) parts
      where to_regclass('public.' || part) is not null;
    if found_in is not null then
      return query execute format('select * from (%s) found order by 1 desc, 2 desc limit $4', found_in)
        using own, wanted, before_id, wants;
      get diagnostics found_here = row_count;
      wants := wants - found_here;
    end if;
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
