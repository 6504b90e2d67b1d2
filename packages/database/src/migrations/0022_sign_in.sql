-- Devices: what a list of sessions shows.
alter table portal_sessions
  add column method text not null default 'password',
  add column device text not null default 'Unknown device',
  add column network text,
  add column last_seen_at timestamptz(3);

-- Codes that were sent to a verified channel (`way-in`) or read out by the helpdesk (`helpdesk`). Never in clear.
create table sign_in_codes (
  organisation_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  kind text not null,
  code_mac text not null,
  link_hash text,
  ticket_hash text,
  made_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  failures integer not null default 0,
  made_by text,
  identity_check text,
  primary key (organisation_id, id),
  foreign key (organisation_id, user_id) references directory_objects on delete cascade
);
create index sign_in_codes_user on sign_in_codes (organisation_id, user_id, expires_at);

create table recovery_codes (
  organisation_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  code_mac text not null,
  made_at timestamptz(3) not null,
  used_at timestamptz(3),
  primary key (organisation_id, id),
  foreign key (organisation_id, user_id) references directory_objects on delete cascade
);
create index recovery_codes_user on recovery_codes (organisation_id, user_id);

create table passkeys (
  organisation_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  credential_id text not null,
  public_key text not null,
  counter bigint not null,
  transports jsonb not null,
  device text not null,
  made_at timestamptz(3) not null,
  last_used_at timestamptz(3),
  primary key (organisation_id, id),
  foreign key (organisation_id, user_id) references directory_objects on delete cascade
);
-- Signing in starts from a credential alone.
create unique index passkeys_credential on passkeys (credential_id);
create index passkeys_user on passkeys (organisation_id, user_id);

-- Handed out before it is known who asks; used up by the answer.
create table passkey_challenges (
  challenge_hash text primary key,
  purpose text not null,
  user_id uuid,
  expires_at timestamptz(3) not null
);
grant select, insert, update, delete on passkey_challenges to holdfast_system;

-- When a user has put away what the mailbox says of a change.
alter table account_changes add column seen_at timestamptz(3);

do $$
declare
  target text;
begin
  foreach target in array array['sign_in_codes', 'recovery_codes', 'passkeys'] loop
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
