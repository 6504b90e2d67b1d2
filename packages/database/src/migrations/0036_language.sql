-- The language that a user has chosen; null: none yet, then the directory's counts for what is written to them.
alter table directory_objects add column language text
  check (language in ('en', 'de'));
-- What stands there was never chosen: there was only one. Written by nobody any more, and contracted in a later version.
alter table contact_preferences alter column language set default 'en';
