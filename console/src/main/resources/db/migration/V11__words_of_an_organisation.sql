-- A tenant searches for words that the calls of others may have a million times: with the organisation in the same index the two meet
-- there, and not in a bitmap of everybody's calls. Ten million calls take minutes, in which no call is written: whoever has as many may
-- make the extension and the index before the update, by `create index concurrently`.
create extension if not exists btree_gin;
create index if not exists calls_by_organisation_and_words on calls
  using gin (organisation_id, call_words(number, called, agent, rule, room, reason) gin_trgm_ops);
drop index if exists calls_by_words;

-- As V6 had it: how often words are there decides which index is asked.
alter index calls_by_organisation_and_words alter column 2 set statistics 1000;
analyze calls;
