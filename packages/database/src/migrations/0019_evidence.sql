-- What each probe saw of Office 365, with how long it took: for the health page, which shows a day of it and more.
create table health_evidence (
  organisation_id uuid not null references organisations,
  id bigint generated always as identity,
  source text not null,
  at timestamptz(3) not null,
  verdict text not null,
  weight text not null,
  cause text not null,
  latency integer,
  remedy text,
  -- Observations that said the same in a row are one row; this is the last of them.
  until timestamptz(3) not null,
  observations integer not null,
  slowest integer,
  primary key (organisation_id, id)
);
create index health_evidence_until on health_evidence (organisation_id, source, until desc);

-- Open incidents as Microsoft tells of them.
create table service_incidents (
  organisation_id uuid primary key references organisations,
  read_at timestamptz(3) not null,
  incidents jsonb not null
);

do $$
declare
  target text;
begin
  foreach target in array array['health_evidence', 'service_incidents'] loop
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
