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
