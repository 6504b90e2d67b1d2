-- People are told since when Office 365 fails, and an event begins after that. Of events until now it is not known.
set local role holdfast_system;
update emergency_events set snapshot = snapshot || jsonb_build_object('outageSince', snapshot -> 'startedAt')
where not snapshot ? 'outageSince';
reset role;
