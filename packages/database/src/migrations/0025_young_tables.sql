-- Tables of a day are young and have no statistics, and the planner chose wrongly twice, as measured with 25,000 messages:
-- it looked the words up anew for every view (574 ms), and read all of a mailbox for the conversations of one page (25 ms).
alter function holdfast_search_views(uuid, text, date, date, uuid, integer, text[], boolean, boolean, timestamptz, timestamptz)
  set enable_nestloop = off;

create or replace function holdfast_conversation_figures(organisation uuid, reader uuid, in_folder text, since timestamptz,
  until timestamptz, wanted uuid[], most integer)
returns table (conversation uuid, count integer, unread integer, ids uuid[], unread_ids uuid[])
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_bitmapscan = off set jit = off as $$
begin
  return query
    select item.conversation, count(*)::integer, (count(*) filter (where not item.is_read))::integer,
      (array_agg(item.id order by item.received_at desc, item.id desc)
        filter (where item.folder = in_folder))[1:most],
      (array_agg(item.id) filter (where item.folder = in_folder and not item.is_read))[1:most]
    from mailbox_items item
    -- Written so that no index but that of conversations fits.
    where item.organisation_id = organisation and item.conversation = any (wanted)
      and (item.user_id = reader) is true
      and item.accepted_day >= (since at time zone 'UTC')::date - 1
      and item.received_at between since and until
      and (item.folder = in_folder or item.folder not in ('deleted', 'junk'))
    group by item.conversation;
end
$$;
