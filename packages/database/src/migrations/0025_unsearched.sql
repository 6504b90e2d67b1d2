-- Asked with every search: planned once for a connection, like the lists.
create or replace function holdfast_unsearched_since(reader uuid, since timestamptz, at_most integer) returns timestamptz
language plpgsql stable security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set jit = off as $$
declare
  own uuid := nullif(current_setting('holdfast.organisation_id', true), '')::uuid;
begin
  return (
    select min(recent.received_at)
    from (
      select item.accepted_day, item.message_id, item.received_at from mailbox_items item
      where item.organisation_id = own and item.user_id = reader and item.received_at >= since
        and item.accepted_day >= (since at time zone 'UTC')::date - 1
      order by item.received_at desc limit at_most) recent
    where not exists (select from message_texts words
      where words.accepted_day = recent.accepted_day and words.message_id = recent.message_id
        and words.organisation_id = own));
end
$$;
