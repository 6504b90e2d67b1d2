-- Roles beside the owner's, and how somebody gets one: by an invitation that they accept with a password of their own.
alter table administrators add column joined_at timestamptz(3);

create table administrator_invitations (
  organisation_id uuid not null references organisations,
  id uuid not null,
  email text not null,
  name text not null,
  role text not null,
  token_hash text not null,
  invited_by text not null,
  invited_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  primary key (organisation_id, id)
);
-- Accepting starts from the link alone.
create unique index administrator_invitations_token on administrator_invitations (token_hash);
create unique index administrator_invitations_email on administrator_invitations (organisation_id, lower(email));

alter table administrator_invitations enable row level security;
alter table administrator_invitations force row level security;
create policy organisation on administrator_invitations for all to holdfast_app
  using (organisation_id = current_setting('holdfast.organisation_id')::uuid)
  with check (organisation_id = current_setting('holdfast.organisation_id')::uuid);
create policy system on administrator_invitations for all to holdfast_system using (true) with check (true);
grant select, insert, update, delete on administrator_invitations to holdfast_app, holdfast_system;
