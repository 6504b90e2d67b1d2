-- Folders that people have made in Outlook have names. Null: one that every mailbox has, or not told yet.
alter table copied_folders add column name text;

-- Which of them a message lies in, by its id in Office 365, as long as its reader has not moved it here.
alter table mailbox_items add column own_folder text;
create index mailbox_items_own_folder on mailbox_items (organisation_id, user_id, own_folder, is_read, received_at)
  where own_folder is not null and moved_at is null;

create function holdfast_own_folder_counts(organisation uuid, reader uuid, since timestamptz, until timestamptz,
  at_most integer)
returns table (name text, folder text, unread integer)
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_bitmapscan = off set jit = off as $$
begin
  return query
    select known.name, known.folder,
      (select count(*) from (select from mailbox_items item
        where item.organisation_id = organisation and item.user_id = reader and item.own_folder = known.external_id
          and item.moved_at is null and not item.is_read
          and item.received_at between since and until limit at_most) counted)::integer
    from copied_folders known
    where known.organisation_id = organisation and known.user_id = reader and known.name is not null
      and exists (select from mailbox_items item
        where item.organisation_id = organisation and item.user_id = reader and item.own_folder = known.external_id
          and item.moved_at is null and item.received_at between since and until)
    order by lower(known.name), known.external_id;
end
$$;

-- As before, and in folders of one's own.
drop function holdfast_search_views(uuid, text, date, date, uuid, integer, text[], boolean, boolean, timestamptz, timestamptz);
create function holdfast_search_views(reader uuid, query text, since date, before_day date, before_id uuid,
  at_most integer, in_folders text[], in_own_folders text[], unread boolean, flagged boolean, from_at timestamptz,
  until_at timestamptz)
returns table (accepted_day date, message_id uuid)
language plpgsql stable security definer set search_path = public, pg_temp
set enable_seqscan = off set enable_indexscan = off set enable_nestloop = off set jit = off as $$
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
  if in_folders is not null and in_own_folders is not null then
    views := views || ' and (item.folder = any ($6) or (item.own_folder = any ($9) and item.moved_at is null))';
  elsif in_folders is not null then
    views := views || ' and item.folder = any ($6)';
  elsif in_own_folders is not null then
    views := views || ' and item.own_folder = any ($9) and item.moved_at is null';
  end if;
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
        using own, wanted, before_id, wants, reader, in_folders, from_at, until_at, in_own_folders;
      get diagnostics found_here = row_count;
      wants := wants - found_here;
    end if;
    newest := oldest - 1;
    days := days * 3;
  end loop;
end
$$;
revoke all on function holdfast_search_views(uuid, text, date, date, uuid, integer, text[], text[], boolean, boolean,
  timestamptz, timestamptz) from public;
grant execute on function holdfast_search_views(uuid, text, date, date, uuid, integer, text[], text[], boolean, boolean,
  timestamptz, timestamptz) to holdfast_app;
