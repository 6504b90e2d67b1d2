-- Logins and client addresses of whoever tried stood here in clear, and only whoever tried again had theirs taken out. Keys
-- are hashed now, and the hourly round of retention takes out what no limit counts any more.
delete from sign_in_attempts;
create index sign_in_attempts_at on sign_in_attempts (at);
