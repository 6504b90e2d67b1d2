-- Of whom a user wants pictures from the internet without being asked; used only where our check has proved the sender.
create table picture_senders (
  organisation_id uuid not null references organisations,
  user_id uuid not null,
  address text not null,
  at timestamptz(3) not null,
  primary key (organisation_id, user_id, address)
);
alter table picture_senders enable row level security;
alter table picture_senders force row level security;
create policy organisation on picture_senders for all to holdfast_app
  using (organisation_id = current_setting('holdfast.organisation_id')::uuid)
  with check (organisation_id = current_setting('holdfast.organisation_id')::uuid);
create policy system on picture_senders for all to holdfast_system using (true) with check (true);
grant select, insert, update, delete on picture_senders to holdfast_app, holdfast_system;
