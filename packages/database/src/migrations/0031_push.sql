-- The pair of keys by which push services know this installation (RFC 8292): made once, the private one sealed.
create table push_keys (
  is_only boolean primary key default true check (is_only),
  public_key text not null,
  sealed_private_key text not null,
  made_at timestamptz(3) not null
);
grant select, insert on push_keys to holdfast_system;

-- Devices that want to be told of news, one row for a session at most: with the session it goes.
create table push_subscriptions (
  organisation_id uuid not null,
  session_id uuid not null,
  user_id uuid not null,
  endpoint text not null,
  made_at timestamptz(3) not null,
  -- What may be done in the mailbox, as the device was told last.
  access text not null,
  -- The newest unread mail that it was told of.
  told_until timestamptz(3) not null,
  -- Mail is not told before: at most one push of it in some minutes.
  quiet_until timestamptz(3) not null,
  -- Nothing is tried before; while it is told, until when nobody else does.
  next_at timestamptz(3) not null,
  failures integer not null default 0,
  primary key (organisation_id, session_id),
  foreign key (organisation_id, session_id) references portal_sessions on delete cascade,
  foreign key (organisation_id, user_id) references directory_objects on delete cascade
);
-- A browser has one, whoever is signed in.
create unique index push_subscriptions_endpoint on push_subscriptions (organisation_id, md5(endpoint));
create index push_subscriptions_user on push_subscriptions (organisation_id, user_id);

alter table push_subscriptions enable row level security;
alter table push_subscriptions force row level security;
create policy organisation on push_subscriptions for all to holdfast_app
  using (organisation_id = current_setting('holdfast.organisation_id')::uuid)
  with check (organisation_id = current_setting('holdfast.organisation_id')::uuid);
create policy system on push_subscriptions for all to holdfast_system using (true) with check (true);
grant select, insert, update, delete on push_subscriptions to holdfast_app, holdfast_system;
