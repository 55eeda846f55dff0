-- Who may sign in, and who has.
create table accounts (
  name text primary key,
  role text not null,
  password text not null,
  organisation text,
  organisation_id text
);

create table sessions (
  -- SHA-256 of the cookie, so that whoever reads this table is nobody.
  token bytea primary key,
  account text not null references accounts on delete cascade,
  csrf text not null,
  begun_at timestamptz not null,
  seen_at timestamptz not null
);

-- The projection: all of it is made again from Kafka.
create table calls (
  call_id uuid primary key,
  -- Time and id of the last event that counts: of two, the one that was said first.
  told_at timestamptz not null,
  told_id uuid not null,
  direction text not null,
  organisation_id text,
  organisation text,
  number text,
  called text not null,
  caller text not null,
  trunk text not null,
  rule text,
  room text,
  agent text,
  received_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz not null,
  setup_millis bigint,
  talk_millis bigint not null,
  outcome text not null,
  reason text not null,
  reason_text text not null,
  status int,
  mos double precision,
  jitter_millis double precision,
  lost bigint,
  packets_received bigint,
  packets_sent bigint,
  parent uuid
);
create index calls_by_time on calls (received_at desc, call_id desc);
create index calls_of_organisation on calls (organisation_id, received_at desc, call_id desc);
create index calls_of_number on calls (number, received_at desc, call_id desc);
create index calls_of_agent on calls (agent, received_at desc, call_id desc);
create index calls_of_caller on calls (caller, received_at desc);
create index calls_of_reason on calls (reason, received_at desc, call_id desc);
create index calls_of_parent on calls (parent) where parent is not null;

create table call_events (
  call_id uuid not null,
  event_id uuid not null,
  at timestamptz not null,
  source text not null,
  type text not null,
  data jsonb not null,
  primary key (call_id, event_id)
);
create index call_events_by_time on call_events (at);

-- Counts by quarter of an hour, of which every zone's offset is a multiple.
create table call_quarters (
  dimension text not null,
  organisation_id text not null,
  value text not null,
  quarter timestamptz not null,
  calls bigint not null,
  answered bigint not null,
  refused bigint not null,
  short bigint not null,
  talk_millis bigint not null,
  below_three bigint not null,
  primary key (dimension, organisation_id, value, quarter)
);
create index call_quarters_by_value on call_quarters (dimension, value, quarter);

create table call_quarter_parts (
  dimension text not null,
  organisation_id text not null,
  value text not null,
  quarter timestamptz not null,
  kind text not null,
  part text not null,
  calls bigint not null,
  primary key (dimension, organisation_id, value, kind, quarter, part)
);
create index call_quarter_parts_by_value on call_quarter_parts (dimension, value, kind, quarter);

-- Which names an organisation has had.
create table organisation_names (
  name text not null,
  organisation_id text not null,
  primary key (name, organisation_id)
);

-- The counts follow the calls, whatever is done to these: a call that is written twice is counted once.
-- Parts: refusals by reason; time of talk and of setup by its logarithm to the base 1.1; quality in tenths.
create function count_calls(sign int, counted calls[]) returns void language plpgsql as $$
begin
  insert into organisation_names
  select distinct organisation, organisation_id from unnest(counted)
  where organisation is not null and organisation_id is not null order by 1, 2
  on conflict do nothing;

  with each as (
    select d.dimension, d.organisation_id, d.value,
           date_bin('15 minutes', c.received_at, timestamptz '2000-01-01 00:00:00+00') as quarter,
           c.outcome, c.reason, c.talk_millis, c.setup_millis, c.mos
    from unnest(counted) c
    cross join lateral (values
      ('suite', '', ''),
      ('organisation', c.organisation_id, ''),
      ('number', coalesce(c.organisation_id, ''), c.number),
      ('agent', coalesce(c.organisation_id, ''), c.agent),
      ('trunk', coalesce(c.organisation_id, ''), c.trunk)) d(dimension, organisation_id, value)
    where d.organisation_id is not null and d.value is not null
  )
  insert into call_quarters as q
  select dimension, organisation_id, value, quarter,
         sign * count(*),
         sign * count(*) filter (where outcome = 'answered'),
         sign * count(*) filter (where outcome = 'refused'),
         sign * count(*) filter (where outcome = 'answered' and talk_millis < 10000),
         sign * coalesce(sum(talk_millis), 0),
         sign * count(*) filter (where mos < 3)
  from each group by 1, 2, 3, 4 order by 1, 2, 3, 4
  on conflict (dimension, organisation_id, value, quarter) do update set
    calls = q.calls + excluded.calls, answered = q.answered + excluded.answered, refused = q.refused + excluded.refused,
    short = q.short + excluded.short, talk_millis = q.talk_millis + excluded.talk_millis,
    below_three = q.below_three + excluded.below_three;

  with each as (
    select d.dimension, d.organisation_id, d.value,
           date_bin('15 minutes', c.received_at, timestamptz '2000-01-01 00:00:00+00') as quarter,
           p.kind, p.part
    from unnest(counted) c
    cross join lateral (values
      ('suite', '', ''),
      ('organisation', c.organisation_id, ''),
      ('number', coalesce(c.organisation_id, ''), c.number),
      ('agent', coalesce(c.organisation_id, ''), c.agent),
      ('trunk', coalesce(c.organisation_id, ''), c.trunk)) d(dimension, organisation_id, value)
    cross join lateral (values
      ('refusal', case when c.outcome = 'refused' then c.reason end),
      ('talk', case when c.outcome = 'answered' then floor(ln(greatest(c.talk_millis, 1)) / ln(1.1))::int::text end),
      ('setup', case when c.outcome = 'answered' then floor(ln(greatest(c.setup_millis, 1)) / ln(1.1))::int::text end),
      ('mos', round((c.mos * 10)::numeric)::int::text)) p(kind, part)
    where d.organisation_id is not null and d.value is not null and p.part is not null
  )
  insert into call_quarter_parts as q
  select dimension, organisation_id, value, quarter, kind, part, sign * count(*)
  from each group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 5, 4, 6
  on conflict (dimension, organisation_id, value, kind, quarter, part) do update set calls = q.calls + excluded.calls;
end $$;

create function calls_have_changed() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    perform count_calls(-1, (select array_agg(row(c.*)::calls) from gone c));
  end if;
  if tg_op <> 'DELETE' then
    perform count_calls(1, (select array_agg(row(c.*)::calls) from come c));
  end if;
  return null;
end $$;

create trigger calls_inserted after insert on calls referencing new table as come
  for each statement execute function calls_have_changed();
create trigger calls_updated after update on calls referencing old table as gone new table as come
  for each statement execute function calls_have_changed();
create trigger calls_deleted after delete on calls referencing old table as gone
  for each statement execute function calls_have_changed();

create table projection (
  single boolean primary key default true check (single),
  built_at timestamptz not null
);

-- What people wrote or asked for, which Kafka does not have.
create table notes (
  id uuid primary key,
  call_id uuid not null,
  at timestamptz not null,
  by text not null,
  text text not null
);
create index notes_of_call on notes (call_id, at);

create table erased_callers (
  -- SHA-256 of the pseudonym: calls of before that come again from Kafka are known by it.
  pseudonym bytea primary key,
  erased_at timestamptz not null
);

create table erasures (
  id uuid primary key,
  at timestamptz not null,
  by text not null,
  calls bigint not null
);

create index call_events_of_parent on call_events ((data #>> '{outgoing,parent}'))
  where type = 'dev.trunkline.call.routed.v1' and data #>> '{outgoing,parent}' is not null;
