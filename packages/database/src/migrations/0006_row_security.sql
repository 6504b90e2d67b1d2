-- Invariant 8. `holdfast_app` sees the organisation that its transaction names and nothing without one: an unset
-- setting makes the cast fail. `holdfast_system` sees all, for queues and for finding out who someone is.
grant usage on schema public to holdfast_app, holdfast_system;

do $$
declare
  target text;
begin
  for target in
    select c.relname
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  loop
    execute format('alter table public.%I enable row level security', target);
    execute format('alter table public.%I force row level security', target);
    execute format(
      'create policy organisation on public.%I for all to holdfast_app
         using (organisation_id = current_setting(''holdfast.organisation_id'')::uuid)
         with check (organisation_id = current_setting(''holdfast.organisation_id'')::uuid)', target);
    execute format('create policy system on public.%I for all to holdfast_system using (true) with check (true)', target);
    execute format('grant select, insert, update, delete on public.%I to holdfast_app, holdfast_system', target);
  end loop;
end
$$;

-- Written once, never changed.
revoke update, delete on audit_entries, event_facts, primary_health_history from holdfast_app, holdfast_system;
-- Organisations are made and closed by the system, not from inside one.
revoke insert, delete on organisations from holdfast_app;

grant select, insert, update, delete
  on spool_positions, spool_alarms, sign_in_attempts, set_up_tokens, installation_marks to holdfast_system;
grant execute on function holdfast_ensure_day(date) to holdfast_system;
