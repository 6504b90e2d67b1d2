-- Changes to how somebody is reached or signs in, each with a link to say that it was not them.
create table account_changes (
  organisation_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  change jsonb not null,
  -- Channels from before the change, where it is told beside the work mailbox.
  told jsonb not null,
  at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  disputed_at timestamptz(3),
  token_hash text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, user_id) references directory_objects on delete cascade
);
create unique index account_changes_token on account_changes (token_hash);
create index account_changes_user on account_changes (organisation_id, user_id, at);

-- A code to a proven channel, which a change of any channel needs: one at a time for each user.
create table channel_proofs (
  organisation_id uuid not null,
  user_id uuid not null,
  id text not null,
  via text not null,
  code_hash text not null,
  sent_at timestamptz(3) not null,
  failures smallint not null,
  primary key (organisation_id, user_id),
  foreign key (organisation_id, user_id) references directory_objects on delete cascade
);

-- Who must not be messaged, by HMAC of number or address: kept when the value itself is forgotten.
create table channel_opt_outs (
  organisation_id uuid not null references organisations,
  value_mac text not null,
  at timestamptz(3) not null,
  primary key (organisation_id, value_mac)
);

do $$
declare
  target text;
begin
  foreach target in array array['account_changes', 'channel_proofs', 'channel_opt_outs'] loop
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
