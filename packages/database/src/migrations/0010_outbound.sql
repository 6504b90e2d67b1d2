-- Keys with which mail written in emergency mailboxes is signed. No reference to domains: a directory that loses sight
-- of a domain for an hour must not make a record worthless that a customer has published.
create table domain_keys (
  organisation_id uuid not null references organisations,
  domain text not null,
  selector text not null,
  public_key text not null,
  -- Sealed by the secret key; null once the key is retired: nothing is signed with it any more.
  sealed_private_key text,
  state text not null,
  checked_at timestamptz(3),
  check_detail text,
  created_at timestamptz(3) not null,
  retired_at timestamptz(3),
  primary key (organisation_id, domain, selector)
);
alter table domain_keys enable row level security;
alter table domain_keys force row level security;
create policy organisation on domain_keys for all to holdfast_app
  using (organisation_id = current_setting('holdfast.organisation_id')::uuid)
  with check (organisation_id = current_setting('holdfast.organisation_id')::uuid);
create policy system on domain_keys for all to holdfast_system using (true) with check (true);
grant select, insert, update, delete on domain_keys to holdfast_app, holdfast_system;

-- What DNS said last of SPF and DMARC of the domain.
alter table domains add column outbound jsonb;

-- Taken back by its sender before it left; the key stays, so that a late repetition of the call sends nothing.
alter table submissions add column undone_at timestamptz(3);
