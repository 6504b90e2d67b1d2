-- Words have places now, and a part of the message that they are looked for in is a letter before them: quoted words are
-- found next to each other, and `from:` and `subject:` by a look into the index alone. All is read from the spool again.
truncate message_texts;
delete from search_positions;

-- What a reader did with a message changes too often to be among its words. Few messages are flagged, and few unread.
create index mailbox_items_flagged on mailbox_items (organisation_id, user_id) where is_flagged;
create index mailbox_items_unread on mailbox_items (organisation_id, user_id, folder) where not is_read;

-- For the functions below, which are the owner's.
create policy owner on mailbox_items for select to current_user using (true);

-- A search that asks for folder, state or time of receipt as well. Null: does not matter; without words, the views alone.
create function holdfast_search_views(reader uuid, query text, since date, before_day date, before_id uuid,
  at_most integer, in_folders text[], unread boolean, flagged boolean, from_at timestamptz, until_at timestamptz)
returns table (accepted_day date, message_id uuid)
language plpgsql stable security definer set search_path = public, pg_temp
set enable_seqscan = off set enable_indexscan = off set jit = off as $$
declare
  own uuid := nullif(current_setting('holdfast.organisation_id', true), '')::uuid;
  wanted tsquery := query::tsquery && ('''@' || replace(reader::text, '-', '') || '''')::tsquery;
  views text := 'select distinct item.message_id from mailbox_items item where item.accepted_day = %1$L
    and item.organisation_id = $1 and item.user_id = $5';
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
  -- Only what is asked for is in the statement: the plan of a condition that may be null is one for none.
  if in_folders is not null then views := views || ' and item.folder = any ($6)'; end if;
  if unread then views := views || ' and not item.is_read'; end if;
  if not unread then views := views || ' and item.is_read'; end if;
  if flagged then views := views || ' and item.is_flagged'; end if;
  if not flagged then views := views || ' and not item.is_flagged'; end if;
  if from_at is not null then views := views || ' and item.received_at >= $7'; end if;
  if until_at is not null then views := views || ' and item.received_at < $8'; end if;
  while newest >= since and wants > 0 loop
    oldest := greatest(since, newest - days + 1);
    select string_agg(format('select %1$L::date as accepted_day, message_id from (' || views || ') seen where '
        || case when query is null then 'true' else 'message_id in (select text.message_id from public.%2$I text
             where text.words @@ $2 and (text.organisation_id = $1) is true)' end
        || ' and (%1$L::date < %3$L or message_id < $3)', day, 'message_texts_' || to_char(day, 'YYYYMMDD'), before_day),
        ' union all ')
      into found_in
      from (select newest - ago as day from generate_series(0, newest - oldest) ago) spans
      where to_regclass('public.message_texts_' || to_char(day, 'YYYYMMDD')) is not null;
    if found_in is not null then
      return query execute format('select * from (%s) found order by 1 desc, 2 desc limit $4', found_in)
        using own, wanted, before_id, wants, reader, in_folders, from_at, until_at;
      get diagnostics found_here = row_count;
      wants := wants - found_here;
    end if;
    newest := oldest - 1;
    days := days * 3;
  end loop;
end
$$;
revoke all on function
  holdfast_search_views(uuid, text, date, date, uuid, integer, text[], boolean, boolean, timestamptz, timestamptz) from public;
grant execute on function
  holdfast_search_views(uuid, text, date, date, uuid, integer, text[], boolean, boolean, timestamptz, timestamptz) to holdfast_app;

-- Since when mail of a reader may not be found yet: the oldest of the newest that has no words; null when all have.
create function holdfast_unsearched_since(reader uuid, since timestamptz, at_most integer) returns timestamptz
language sql stable security definer set search_path = public, pg_temp as $$
  select min(recent.received_at)
  from (
    select item.accepted_day, item.message_id, item.received_at from mailbox_items item
    where item.organisation_id = nullif(current_setting('holdfast.organisation_id', true), '')::uuid
      and item.user_id = reader and item.received_at >= since
      and item.accepted_day >= (since at time zone 'UTC')::date - 1
    order by item.received_at desc limit at_most) recent
  where not exists (select from message_texts words
    where words.accepted_day = recent.accepted_day and words.message_id = recent.message_id
      and words.organisation_id = nullif(current_setting('holdfast.organisation_id', true), '')::uuid)
$$;
revoke all on function holdfast_unsearched_since(uuid, timestamptz, integer) from public;
grant execute on function holdfast_unsearched_since(uuid, timestamptz, integer) to holdfast_app;
