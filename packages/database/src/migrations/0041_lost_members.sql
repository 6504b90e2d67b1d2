-- Whom the last round of groups had in a group no more. Somebody who was deleted and restored between two looks at the
-- users was never gone for us, and nobody tells that the memberships are back.
alter table directory_collections add column lost_members text[] not null default '{}';
