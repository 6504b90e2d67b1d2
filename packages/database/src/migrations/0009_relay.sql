-- A lease is no state any more but two columns that no index knows: taking and giving one back is an update in place
-- (HOT), where it made a new entry in five indexes before. Room for it is left in each page.
update deliveries set state = 'queued', hold = null where state = 'leased';
drop index deliveries_leased;

-- Leases are asked for by route: mail to the outside must not look through all that waits for the tenant.
drop index deliveries_due;
create index deliveries_due on deliveries (route, due_at, id)
  where state in ('queued', 'deferred', 'held') and due_at is not null;

-- TLS version, cipher and whether the name was verified; null in clear.
alter table delivery_attempts add column tls text;

do $$
declare
  part regclass;
begin
  for part in select inhrelid::regclass from pg_inherits where inhparent = 'deliveries'::regclass loop
    execute format('alter table %s set (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05)', part);
  end loop;
end
$$;

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
      if parent = 'deliveries' then
        -- A delivery is leased and settled once each at least: room for both beside it, and dead rows cleared early.
        execute format('alter table public.%I set (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05)', part);
      end if;
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
