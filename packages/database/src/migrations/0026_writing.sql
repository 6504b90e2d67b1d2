-- What is being written, so that another device can go on with it. What it says is sealed by the secret key, like the
-- meetings of a person; `head` is what a list shows of it.
create table drafts (
  organisation_id uuid not null references organisations,
  user_id uuid not null,
  -- Made by the client, and the key under which it is sent.
  id uuid not null,
  revision integer not null,
  state text not null,
  sealed text not null,
  sealed_head text not null,
  -- Keyed hash of what it says: tells whether two devices wrote the same, and what was sent.
  digest text not null,
  -- Attachments that it names: they stay as long as one open draft does.
  upload_ids uuid[] not null,
  -- Another device wrote or sent that draft meanwhile.
  branch_of uuid,
  because text,
  -- By the clock of the device.
  written_at timestamptz(3) not null,
  saved_at timestamptz(3) not null,
  primary key (organisation_id, user_id, id)
);
create index drafts_saved on drafts (organisation_id, state, saved_at);

-- Files come in pieces; `content` is there when all of it is.
alter table uploads alter column content drop not null;
alter table uploads add column size bigint;
alter table uploads add column received bigint;
update uploads set size = length(content), received = length(content);
alter table uploads alter column size set not null;
alter table uploads alter column received set not null;
create index uploads_at on uploads (organisation_id, at);

create table upload_pieces (
  organisation_id uuid not null references organisations,
  user_id uuid not null,
  upload_id uuid not null,
  "offset" bigint not null,
  content bytea not null,
  primary key (organisation_id, user_id, upload_id, "offset")
);

-- A message is claimed before it goes to the spool, under the id that it will have there: asking again while the first
-- answer is on its way makes no second message. Null until it is stored.
alter table submissions add column stored_at timestamptz(3);
update submissions set stored_at = accepted_at;
-- Of what was sent: the same key with another text is another device's.
alter table submissions add column digest text;

create table writing_settings (
  organisation_id uuid not null references organisations,
  user_id uuid not null,
  -- Unit: seconds; null: as the installation is set.
  undo_seconds integer,
  signature text not null,
  signature_used boolean not null,
  primary key (organisation_id, user_id)
);

do $$
declare
  target text;
begin
  foreach target in array array['drafts', 'upload_pieces', 'writing_settings'] loop
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
