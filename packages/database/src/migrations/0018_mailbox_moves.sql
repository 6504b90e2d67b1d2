-- When its reader moved it in the emergency mailbox: only what was moved here is moved in Office 365.
alter table mailbox_items add column moved_at timestamptz(3);
