-- A part of what a call is known by is found by its trigrams, however many calls there are.
create extension if not exists pg_trgm;

create function call_words(number text, called text, agent text, rule text, room text, reason text) returns text
language sql immutable parallel safe as $$
  select lower(coalesce(number, '') || ' ' || called || ' ' || coalesce(agent, '') || ' ' || coalesce(rule, '') || ' '
    || coalesce(room, '') || ' ' || reason)
$$;

create index calls_by_words on calls using gin (call_words(number, called, agent, rule, room, reason) gin_trgm_ops);
create index calls_by_pseudonym on calls (caller text_pattern_ops);
create index calls_of_trunk on calls (trunk, received_at desc, call_id desc);

-- The parts of which nobody asks by the day, by days of UTC: of a long time whole days are read here, and the quarters of its ends.
create table call_day_parts (
  dimension text not null,
  organisation_id text not null,
  value text not null,
  day date not null,
  kind text not null,
  part text not null,
  calls bigint not null,
  primary key (dimension, organisation_id, value, kind, day, part)
);
create index call_day_parts_by_value on call_day_parts (dimension, value, kind, day);

insert into call_day_parts
select dimension, organisation_id, value, (quarter at time zone 'UTC')::date, kind, part, sum(calls)
from call_quarter_parts where kind <> 'talk' group by 1, 2, 3, 4, 5, 6;

-- As before, and these with them.
create or replace function count_calls(sign int, counted calls[]) returns void language plpgsql as $$
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
    where c.kind <> 'trial' and d.organisation_id is not null and d.value is not null
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
    where c.kind <> 'trial' and d.organisation_id is not null and d.value is not null and p.part is not null
  ), quarters as (
    insert into call_quarter_parts as q
    select dimension, organisation_id, value, quarter, kind, part, sign * count(*)
    from each group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 5, 4, 6
    on conflict (dimension, organisation_id, value, kind, quarter, part) do update set calls = q.calls + excluded.calls
  )
  insert into call_day_parts as d
  select dimension, organisation_id, value, (quarter at time zone 'UTC')::date, kind, part, sign * count(*)
  from each where kind <> 'talk' group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 5, 4, 6
  on conflict (dimension, organisation_id, value, kind, day, part) do update set calls = d.calls + excluded.calls;
end $$;
