-- The SIP messages of calls, for as long as the setting says: not made again, for Kafka forgets them sooner than events.
create table call_messages (
  call_id uuid not null,
  at timestamptz not null,
  edge text not null,
  -- Of those at one moment, and of one that comes twice.
  digest bytea not null,
  sent boolean not null,
  transport text not null,
  local text not null,
  remote text not null,
  text text not null,
  cut boolean not null,
  primary key (call_id, at, digest)
);
create index call_messages_by_time on call_messages (at);
