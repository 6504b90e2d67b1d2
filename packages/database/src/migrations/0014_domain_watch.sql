-- What the last look at DNS came to, when the next is due, and what was right before.
alter table domains
  add column report jsonb,
  add column baseline jsonb,
  add column next_check_at timestamptz(3),
  add column watched_until timestamptz(3);

-- What was seen of a domain from when to when: equal observations in a row are one. No reference to domains: what was
-- seen stays true when the directory loses sight of a domain for an hour.
create table domain_observations (
  organisation_id uuid not null references organisations,
  domain text not null,
  subject text not null,
  first_seen_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  value jsonb not null,
  ttl integer,
  primary key (organisation_id, domain, subject, first_seen_at)
);

create table domain_alerts (
  organisation_id uuid not null references organisations,
  id uuid not null,
  domain text not null,
  kind text not null,
  subject text not null,
  level text not null,
  seen text not null,
  since timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  cleared_at timestamptz(3),
  notified_at timestamptz(3),
  notice text,
  accepted_by text,
  primary key (organisation_id, id)
);
-- One open alert for each thing that has changed, however often it is seen.
create unique index domain_alerts_open on domain_alerts (organisation_id, domain, kind, subject)
  where cleared_at is null;
create index domain_alerts_told on domain_alerts (organisation_id, domain, kind, subject, notified_at desc);

do $$
declare
  target text;
begin
  foreach target in array array['domain_observations', 'domain_alerts'] loop
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
