-- How an organisation reaches its tenant: with an application of its own (a secret or a certificate) or with Holdfast's,
-- which the tenant's administrator has admitted. What is there already has a secret of its own.
alter table connections
  add column mode text not null default 'application' check (mode in ('application', 'consent')),
  add column proof_kind text default 'secret' check (proof_kind in ('secret', 'certificate')),
  add column certificate text,
  add column proof_expires_at timestamptz(3),
  add column tiers jsonb not null default '["read", "configure", "mailbox"]',
  add column granted jsonb,
  add column refused jsonb,
  alter column sealed_secret drop not null;
alter table connections
  alter column mode drop default,
  alter column proof_kind drop default,
  alter column tiers drop default,
  add constraint connections_proof check (
    case
      when mode = 'consent' then proof_kind is null and sealed_secret is null
      else proof_kind is not null and sealed_secret is not null
    end
  ),
  add constraint connections_certificate check (
    coalesce(proof_kind, '') <> 'certificate' or (certificate is not null and proof_expires_at is not null)
  );
-- A tenant belongs to one organisation, also when two connect it at the same moment.
create unique index connections_tenant on connections (initial_domain);
-- Its items have another shape from here on; the next check fills it again.
update connections set preflight = null;

-- An administrator who was sent to Entra ID to admit Holdfast's application, and is expected back.
create table consent_attempts (
  organisation_id uuid not null references organisations,
  id uuid not null,
  state_hash text not null unique,
  administrator_id uuid not null,
  tenant_id text not null,
  tenant_name text not null,
  client_id text not null,
  tiers jsonb not null,
  -- The tenant had admitted the application before: its consent then proves nothing about who asks.
  admitted_before boolean not null,
  started_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  primary key (organisation_id, id)
);
create index consent_attempts_tenant on consent_attempts (tenant_id, started_at);

-- A key made here for an application of the organisation's own, whose certificate waits to be registered in Entra ID.
create table application_keys (
  organisation_id uuid primary key references organisations,
  sealed_private_key text not null,
  certificate text not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);

do $$
declare
  target text;
begin
  foreach target in array array['consent_attempts', 'application_keys'] loop
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
