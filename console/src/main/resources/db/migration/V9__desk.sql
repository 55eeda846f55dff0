-- Who has which call at a desk: one row a call, so that of two people who take it one has it, whichever replica they ask. Of hours: no history.
create table desk_takes (
  call_id uuid primary key,
  -- Whoever has it, and of which organisation they are; empty for somebody of the suite.
  account text not null,
  organisation_id text not null,
  -- Of a call that is up for longer than events are read back nobody else knows the room.
  room text not null,
  taken_at timestamptz not null
);
create index desk_takes_by_time on desk_takes (taken_at);
create index desk_takes_of_account on desk_takes (account, organisation_id);
