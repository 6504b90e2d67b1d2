-- What a delivery report that came by mail says, and of which sent message; null of everything that is none. It goes with
-- its message: with the day, and when the message is erased.
alter table messages add column report jsonb;
create index messages_report on messages (organisation_id, (report ->> 'messageId')) where report is not null;
