-- Tables are by day, and a statement over a month of them was planned for longer than it ran: 5 of 8 ms. In a function
-- the plan is made once for a connection. Sorting and reading whole tables are off: tables of a day are young and have no
-- statistics, and there is an index for each of these. They run as whoever calls them, under row security.

-- With the reader in it: mail to everybody is one conversation of everybody.
drop index mailbox_items_conversation;
create index mailbox_items_conversation on mailbox_items (organisation_id, conversation, user_id);

create function holdfast_folder_page(organisation uuid, reader uuid, in_folder text, since timestamptz,
  before_at timestamptz, before_id uuid, at_most integer)
returns setof mailbox_items
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_sort = off set enable_seqscan = off
set enable_bitmapscan = off set jit = off as $$
begin
  return query
    select item.* from mailbox_items item
    where item.organisation_id = organisation and item.user_id = reader and item.folder = in_folder
      and item.received_at >= since and (item.received_at, item.id) < (before_at, before_id)
      -- Mail that can be taken back is received a little later than it was accepted.
      and item.accepted_day between (since at time zone 'UTC')::date - 1 and (before_at at time zone 'UTC')::date
    order by item.received_at desc, item.id desc
    limit at_most;
end
$$;

-- Days and ids apart: joined as pairs, every day's table was looked into for each, which took ten times as long.
create function holdfast_messages(organisation uuid, days date[], ids uuid[]) returns setof messages
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_bitmapscan = off set jit = off as $$
begin
  return query
    select message.* from messages message
    where message.accepted_day = any (days) and message.id = any (ids)
      and message.organisation_id = organisation;
end
$$;

-- Of conversations: how many messages, how many of them unread, and which are in the folder, newest first.
create function holdfast_conversation_figures(organisation uuid, reader uuid, in_folder text, since timestamptz,
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
    where item.organisation_id = organisation and item.user_id = reader and item.conversation = any (wanted)
      and item.accepted_day >= (since at time zone 'UTC')::date - 1
      and item.received_at between since and until
      and (item.folder = in_folder or item.folder not in ('deleted', 'junk'))
    group by item.conversation;
end
$$;

create function holdfast_folder_counts(organisation uuid, reader uuid, since timestamptz, until timestamptz)
returns table (folder text, total integer, unread integer)
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_bitmapscan = off set jit = off as $$
begin
  return query
    select item.folder, count(*)::integer, (count(*) filter (where not item.is_read))::integer
    from mailbox_items item
    where item.organisation_id = organisation and item.user_id = reader
      and item.accepted_day >= (since at time zone 'UTC')::date - 1
      and item.received_at between since and until
    group by item.folder;
end
$$;
