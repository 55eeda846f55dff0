-- A tenant searches for words that the calls of others may have a million times: with the organisation in the same index the two meet
-- there, and not in a bitmap of everybody's calls.
create extension if not exists btree_gin;
create index calls_by_organisation_and_words on calls
  using gin (organisation_id, call_words(number, called, agent, rule, room, reason) gin_trgm_ops);
drop index calls_by_words;
