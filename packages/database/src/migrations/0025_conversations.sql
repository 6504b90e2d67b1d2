-- Which conversation a message belongs to. On the message: by its own links and subject, as ingest sees it alone. On the
-- views: where it turned out to belong, once what it answers or what answers it is here (decision 0036).
alter table messages add column conversation uuid;
alter table mailbox_items add column conversation uuid;
update mailbox_items set conversation = message_id;
alter table mailbox_items alter column conversation set not null;
create index mailbox_items_conversation on mailbox_items (organisation_id, conversation);

-- Conversations that turned out to be another: what comes for them later goes there.
create table conversation_aliases (
  organisation_id uuid not null references organisations,
  alias uuid not null,
  conversation uuid not null,
  at timestamptz(3) not null,
  primary key (organisation_id, alias)
);
create index conversation_aliases_conversation on conversation_aliases (organisation_id, conversation);
alter table conversation_aliases enable row level security;
alter table conversation_aliases force row level security;
create policy organisation on conversation_aliases for all to holdfast_app
  using (organisation_id = current_setting('holdfast.organisation_id')::uuid)
  with check (organisation_id = current_setting('holdfast.organisation_id')::uuid);
create policy system on conversation_aliases for all to holdfast_system using (true) with check (true);
grant select on conversation_aliases to holdfast_app;
grant select, insert, update, delete on conversation_aliases to holdfast_system;
