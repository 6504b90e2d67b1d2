-- A domain's way to us and back. The domain's own row may go with the tenant's list; what was done is kept.
create table domain_cut_overs (
  organisation_id uuid not null references organisations,
  domain text not null,
  -- Null before the first start, and after it was given up.
  snapshot jsonb,
  -- What was measured last, and when.
  evidence jsonb,
  gathered_at timestamptz(3),
  canary_mailbox text,
  primary key (organisation_id, domain)
);

create table cut_over_facts (
  organisation_id uuid not null references organisations,
  domain text not null,
  position bigint generated always as identity,
  at timestamptz(3) not null,
  by text not null,
  fact jsonb not null,
  primary key (organisation_id, domain, position)
);

-- Test messages through us into a mailbox of the tenant. No emergency mailbox shows them: ingest asks here.
create table canary_probes (
  organisation_id uuid not null references organisations,
  id uuid not null,
  domain text not null,
  message_id text not null,
  probe jsonb not null,
  -- Somebody still waits for it, or a copy of it is still in the tenant.
  open boolean not null,
  primary key (organisation_id, id)
);
create index canary_probes_message on canary_probes (message_id);
create index canary_probes_open on canary_probes (organisation_id) where open;

-- What an administrator says of the Office 365 side where we may not look.
create table exchange_attestations (
  organisation_id uuid not null references organisations,
  subject text not null,
  value boolean not null,
  note text not null,
  by text not null,
  at timestamptz(3) not null,
  primary key (organisation_id, subject)
);

create table uninstallations (
  organisation_id uuid not null references organisations,
  id uuid not null,
  started_at timestamptz(3) not null,
  record jsonb not null,
  primary key (organisation_id, id)
);

do $$
declare
  target text;
begin
  foreach target in array array['domain_cut_overs', 'cut_over_facts', 'canary_probes',
      'exchange_attestations', 'uninstallations'] loop
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
revoke update, delete on cut_over_facts from holdfast_app, holdfast_system;
