-- The device that wrote the latest revision: after an answer that was lost it may go on without having seen it.
alter table drafts add column device text not null default '';
