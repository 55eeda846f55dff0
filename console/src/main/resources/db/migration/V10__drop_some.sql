-- A rebuild takes away what was said since a time, some calls at once.
create index calls_by_telling on calls (told_at);
