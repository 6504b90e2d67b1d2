create table directory_objects (
  organisation_id uuid not null references organisations,
  id uuid not null,
  external_id text not null,
  kind text not null,
  display_name text not null,
  primary_address text not null,
  addresses jsonb not null,
  has_mailbox boolean not null,
  account_enabled boolean not null,
  directory_phone text,
  preferred_language text,
  protected boolean not null default false,
  protected_since timestamptz(3),
  removed_at timestamptz(3),
  alternate_info text not null default 'missing',
  last_asked_at timestamptz(3),
  opened_at timestamptz(3),
  last_sign_in_at timestamptz(3),
  primary key (organisation_id, id),
  unique (organisation_id, external_id)
);
create index directory_objects_name on directory_objects (organisation_id, lower(display_name), id)
  where removed_at is null;
create index directory_objects_address
  on directory_objects (organisation_id, lower(primary_address), id) where removed_at is null;

-- Addresses of objects that are in the tenant now; a removed object gives its addresses up.
create table directory_addresses (
  organisation_id uuid not null,
  address text not null,
  object_id uuid not null,
  primary key (organisation_id, address),
  foreign key (organisation_id, object_id) references directory_objects on delete cascade
);
create index directory_addresses_object on directory_addresses (organisation_id, object_id);
-- Signing in starts from an address alone.
create index directory_addresses_anywhere on directory_addresses (address);

create table directory_memberships (
  organisation_id uuid not null,
  group_id uuid not null,
  member_id uuid not null,
  primary key (organisation_id, group_id, member_id),
  foreign key (organisation_id, group_id) references directory_objects on delete cascade,
  foreign key (organisation_id, member_id) references directory_objects on delete cascade
);
create index directory_memberships_member on directory_memberships (organisation_id, member_id);

create table contact_channels (
  organisation_id uuid not null,
  user_id uuid not null,
  kind text not null,
  -- Null once removed; beside the channel so that a shared number is found by an index.
  value text,
  channel jsonb not null,
  challenge_id text,
  shared boolean not null,
  weak boolean not null,
  primary key (organisation_id, user_id, kind),
  foreign key (organisation_id, user_id) references directory_objects on delete cascade
);
create index contact_channels_value on contact_channels (organisation_id, kind, value);

create table contact_preferences (
  organisation_id uuid not null,
  user_id uuid not null,
  preferred text not null,
  language text not null,
  primary key (organisation_id, user_id),
  foreign key (organisation_id, user_id) references directory_objects on delete cascade
);

create table info_requests (
  organisation_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  token_hash text not null,
  sent_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  replaced_at timestamptz(3),
  primary key (organisation_id, id),
  foreign key (organisation_id, user_id) references directory_objects on delete cascade
);
create unique index info_requests_token on info_requests (token_hash);
create index info_requests_user on info_requests (organisation_id, user_id) where replaced_at is null;

create table portal_accounts (
  organisation_id uuid not null,
  user_id uuid not null,
  password_hash text,
  primary key (organisation_id, user_id),
  foreign key (organisation_id, user_id) references directory_objects on delete cascade
);

create table portal_sessions (
  organisation_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  token_hash text not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  must_choose_password boolean not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, user_id) references directory_objects on delete cascade
);
create unique index portal_sessions_token on portal_sessions (token_hash);
create index portal_sessions_user on portal_sessions (organisation_id, user_id);

create table administrators (
  organisation_id uuid not null references organisations,
  id uuid not null,
  email text not null,
  name text not null,
  role text not null,
  password_hash text not null,
  primary key (organisation_id, id)
);
-- Signing in starts from an e-mail address alone.
create unique index administrators_email_key on administrators (lower(email));

create table administrator_sessions (
  organisation_id uuid not null,
  id uuid not null,
  administrator_id uuid not null,
  token_hash text not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  must_choose_password boolean not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, administrator_id) references administrators on delete cascade
);
create unique index administrator_sessions_token on administrator_sessions (token_hash);
