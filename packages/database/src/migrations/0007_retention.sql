-- Set in the transaction that settles what the segment held, before its file is unlinked; the row goes when the file is
-- gone for good. Until then nobody counts the file, and nobody reads it again.
alter table spool_positions add column removed_at timestamptz(3);

-- What the ledger counts once rows and files are gone. `accepted` is counted from the records of a segment when it is
-- removed, every other word is a state and is counted from the rows when their day is: the two sides stay independent.
create table settled_recipients (
  organisation_id uuid not null,
  part text not null,
  what text not null,
  recipients bigint not null,
  primary key (organisation_id, part, what)
);
alter table settled_recipients enable row level security;
alter table settled_recipients force row level security;
create policy organisation on settled_recipients for all to holdfast_app
  using (organisation_id = current_setting('holdfast.organisation_id')::uuid)
  with check (organisation_id = current_setting('holdfast.organisation_id')::uuid);
create policy system on settled_recipients for all to holdfast_system using (true) with check (true);
grant select on settled_recipients to holdfast_app;
grant select, insert, update on settled_recipients to holdfast_system;

-- Somebody asked for it: the bytes are overwritten, and what the row said of the content is blank.
alter table messages add column erased_at timestamptz(3);

-- Owned by the owner of the tables, like `holdfast_ensure_day`. The caller has counted the day and holds its tables:
-- under forced row security the owner itself may see no rows, so that it must not be the one who decides.
create function holdfast_drop_day(day date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  part text;
begin
  perform pg_advisory_xact_lock(hashtext('holdfast_ensure_day'));
  for part in
    select child.relname from pg_inherits
      join pg_class child on child.oid = inhrelid
      join pg_class parent on parent.oid = inhparent
    where child.relnamespace = 'public'::regnamespace
      and child.relname = parent.relname || '_' || to_char(day, 'YYYYMMDD')
  loop
    execute format('drop table public.%I', part);
  end loop;
end
$$;
revoke all on function holdfast_drop_day(date) from public;
grant execute on function holdfast_drop_day(date) to holdfast_system;
