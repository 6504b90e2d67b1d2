-- Whom users ask when they cannot get in; null until the organisation has said.
alter table organisations add column helpdesk jsonb;
