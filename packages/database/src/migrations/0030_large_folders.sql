alter table copied_folders
  -- Messages of a first round that goes on; null: it is over.
  add column seen integer,
  -- The first round was cut short by Microsoft: what was received until then is listed, the newest first. Null: nothing is.
  add column list_until timestamptz(3);
