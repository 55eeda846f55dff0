-- For how long calls of an organisation are kept; without a row as long as the settings say.
create table retentions (
  organisation_id text primary key,
  organisation text not null,
  days int not null check (days between 1 and 3650),
  set_at timestamptz not null,
  set_by text not null
);
create index calls_of_nobody on calls (received_at) where organisation_id is null;

-- An organisation erases a caller from its own calls; an empty one is the suite.
alter table erased_callers add column organisation_id text not null default '';
alter table erased_callers drop constraint erased_callers_pkey;
alter table erased_callers add primary key (pseudonym, organisation_id);

alter table erasures
  add column organisation_id text,
  add column organisation text,
  add column events bigint not null default 0,
  add column notes bigint not null default 0,
  add column messages bigint not null default 0;
