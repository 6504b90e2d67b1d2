-- Contacts that an administrator has entered for somebody: in use after a day, or at once with a second administrator.
create table entered_contacts (
  organisation_id uuid not null,
  user_id uuid not null,
  kind text not null,
  value text not null,
  shared boolean not null,
  weak boolean not null,
  entered_by text not null,
  entered_at timestamptz(3) not null,
  usable_at timestamptz(3) not null,
  primary key (organisation_id, user_id, kind),
  foreign key (organisation_id, user_id) references directory_objects on delete cascade
);
alter table entered_contacts enable row level security;
alter table entered_contacts force row level security;
create policy organisation on entered_contacts for all to holdfast_app
  using (organisation_id = current_setting('holdfast.organisation_id')::uuid)
  with check (organisation_id = current_setting('holdfast.organisation_id')::uuid);
create policy system on entered_contacts for all to holdfast_system using (true) with check (true);
grant select, insert, update, delete on entered_contacts to holdfast_app, holdfast_system;
