-- How often a user was reminded of alternate info since they were last asked by an administrator.
alter table directory_objects add column reminders smallint not null default 0;
