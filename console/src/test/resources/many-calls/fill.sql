-- Fills the projection with generated calls of 360 days, 100 organisations, 1,000 numbers, 50 agents and 5 trunks. CALLS says how many, and
-- FIRST_ORGANISATION which id the first organisation has. Indexes are made when the rows are there, and the counts from all calls at once:
-- the trigger, which makes them call by call, is measured by the projection.
set work_mem = '768MB';
set maintenance_work_mem = '1GB';
set hash_mem_multiplier = 1.5;
set synchronous_commit = off;

create table made_again (statement text);
insert into made_again
select format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
from pg_constraint where contype = 'p' and conrelid in ('calls'::regclass, 'call_quarters'::regclass, 'call_days'::regclass);
insert into made_again
select indexdef from pg_indexes where tablename in ('calls', 'call_quarters', 'call_days') and indexname not like '%_pkey';
do $$
declare one record;
begin
  for one in select conrelid::regclass as of, conname as name from pg_constraint
      where contype = 'p' and conrelid in ('calls'::regclass, 'call_quarters'::regclass, 'call_days'::regclass) loop
    execute format('alter table %s drop constraint %I', one.of, one.name);
  end loop;
  for one in select indexname as name from pg_indexes where tablename in ('calls', 'call_quarters', 'call_days') loop
    execute format('drop index %I', one.name);
  end loop;
end $$;
alter table calls disable trigger user;

insert into calls (call_id, told_at, told_id, direction, organisation_id, organisation, number, called, caller, trunk, rule, room, agent,
  received_at, answered_at, ended_at, setup_millis, talk_millis, outcome, reason, reason_text, status, mos)
select gen_random_uuid(), at + talk * interval '1 ms', gen_random_uuid(), case when i % 500 = 0 then 'outbound' else 'inbound' end,
  case o when 0 then 'FIRST_ORGANISATION' else 'id-' || o end, case o when 0 then 'town' else 'org-' || o end,
  '+322555' || lpad(n::text, 5, '0'), '+322555' || lpad(n::text, 5, '0'),
  md5((r * 40000)::int::text) || md5((r * 40000 + 1)::int::text), 'trunk-' || (i % 5), 'rule-' || (n % 20), 'room-' || i, 'agent-' || (n % 50),
  at, case when kind = 'answered' then at + setup * interval '1 ms' end, at + (setup + talk) * interval '1 ms',
  case when kind = 'answered' then setup end, case when kind = 'answered' then talk else 0 end, kind,
  case kind when 'answered' then 'caller-hung-up' when 'unanswered' then 'cancelled'
    else (array['no-agent', 'number-busy', 'caller-rate', 'no-rule'])[1 + i % 4] end, 'A sentence.',
  case kind when 'refused' then 480 end, case when kind = 'answered' then 3.5 + random() end
from (select i, r, at, n, n % 100 as o, (250 + 400 * random())::bigint as setup,
        (3000 + 120000 * -ln(1 - random() * 0.99))::bigint as talk,
        case when q < 0.84 then 'answered' when q < 0.92 then 'unanswered' else 'refused' end as kind
      from (select i, random() as r, random() as q, floor(random() * random() * 1000)::int as n,
              now() - interval '360 days' * (1 - i::float / CALLS) as at from generate_series(0::bigint, CALLS - 1) i) a) b;

insert into organisation_names select distinct organisation, organisation_id from calls where organisation_id is not null on conflict do nothing;
insert into call_reasons (reason) select distinct reason from calls where outcome = 'refused' on conflict do nothing;

create aggregate keys_of(int[]) (sfunc = array_cat, stype = int[], initcond = '{}');
create function bins_of(keys int[]) returns bigint[] language sql immutable parallel safe as $$
  select coalesce(array_agg((key::bigint << 32) | calls order by key), '{}')
  from (select key, count(*) as calls from unnest(keys) key where key is not null group by 1) counted
$$;

-- Whole numbers are grouped more quickly than texts: number, agent and organisation are told by the number's last digits here.
create unlogged table counted as
select right(number, 5)::smallint as n, right(trunk, 1)::smallint as t,
  (extract(epoch from date_bin('15 minutes', received_at, timestamptz '2000-01-01 00:00:00+00')) / 900)::int as q,
  (outcome = 'answered')::int as answered, (outcome = 'refused')::int as refused, (outcome = 'answered' and talk_millis < 10000)::int as short,
  talk_millis, coalesce(mos < 3, false)::int as below_three,
  array_remove(array[
    case when outcome = 'answered' then least(255, floor(ln(greatest(talk_millis, 1)) / ln(1.1))::int) end,
    case when outcome = 'answered' then 256 + least(255, floor(ln(greatest(setup_millis, 1)) / ln(1.1))::int) end,
    512 + round((mos * 10)::numeric)::int, r.id], null) as keys
from calls c left join call_reasons r on r.reason = c.reason and c.outcome = 'refused' where kind <> 'trial';
analyze counted;

insert into call_quarters (dimension, organisation_id, value, quarter, calls, answered, refused, short, talk_millis, below_three, bins)
select 'number', case n % 100 when 0 then 'FIRST_ORGANISATION' else 'id-' || n % 100 end, '+322555' || lpad(n::text, 5, '0'), to_timestamp(q * 900::bigint),
  calls, answered, refused, short, talk, below, bins_of(keys)
from (select n, q, count(*) as calls, sum(answered) as answered, sum(refused) as refused, sum(short) as short, sum(talk_millis) as talk,
        sum(below_three) as below, keys_of(keys) as keys from counted group by n, q) s;
insert into call_quarters (dimension, organisation_id, value, quarter, calls, answered, refused, short, talk_millis, below_three, bins)
select 'organisation', case o when 0 then 'FIRST_ORGANISATION' else 'id-' || o end, '', to_timestamp(q * 900::bigint),
  calls, answered, refused, short, talk, below, bins_of(keys)
from (select n % 100 as o, q, count(*) as calls, sum(answered) as answered, sum(refused) as refused, sum(short) as short, sum(talk_millis) as talk,
        sum(below_three) as below, keys_of(keys) as keys from counted group by 1, 2) s;
-- The agent of an organisation has all its calls here.
insert into call_quarters
select 'agent', organisation_id, 'agent-' || right(case organisation_id when 'FIRST_ORGANISATION' then 'id-0' else organisation_id end, -3)::int % 50,
  quarter, calls, answered, refused, short, talk_millis, below_three, bins
from call_quarters where dimension = 'organisation';
insert into call_quarters (dimension, organisation_id, value, quarter, calls, answered, refused, short, talk_millis, below_three, bins)
select 'trunk', case o when 0 then 'FIRST_ORGANISATION' else 'id-' || o end, 'trunk-' || t, to_timestamp(q * 900::bigint),
  calls, answered, refused, short, talk, below, bins_of(keys)
from (select n % 100 as o, t, q, count(*) as calls, sum(answered) as answered, sum(refused) as refused, sum(short) as short,
        sum(talk_millis) as talk, sum(below_three) as below, keys_of(keys) as keys from counted group by 1, 2, 3) s;
insert into call_quarters (dimension, organisation_id, value, quarter, calls, answered, refused, short, talk_millis, below_three, bins)
select 'agent', '*', 'agent-' || a, to_timestamp(q * 900::bigint), calls, answered, refused, short, talk, below, bins_of(keys)
from (select n % 50 as a, q, count(*) as calls, sum(answered) as answered, sum(refused) as refused, sum(short) as short, sum(talk_millis) as talk,
        sum(below_three) as below, keys_of(keys) as keys from counted group by 1, 2) s;
insert into call_quarters (dimension, organisation_id, value, quarter, calls, answered, refused, short, talk_millis, below_three, bins)
select 'trunk', '*', 'trunk-' || t, to_timestamp(q * 900::bigint), calls, answered, refused, short, talk, below, bins_of(keys)
from (select t, q, count(*) as calls, sum(answered) as answered, sum(refused) as refused, sum(short) as short, sum(talk_millis) as talk,
        sum(below_three) as below, keys_of(keys) as keys from counted group by 1, 2) s;
insert into call_quarters (dimension, organisation_id, value, quarter, calls, answered, refused, short, talk_millis, below_three, bins)
select 'suite', '', '', to_timestamp(q * 900::bigint), calls, answered, refused, short, talk, below, bins_of(keys)
from (select q, count(*) as calls, sum(answered) as answered, sum(refused) as refused, sum(short) as short, sum(talk_millis) as talk,
        sum(below_three) as below, keys_of(keys) as keys from counted group by 1) s;
drop table counted;

insert into call_days
select dimension, organisation_id, value, day, array_agg((key << 32) | calls order by key)
from (select dimension, organisation_id, value, (quarter at time zone 'UTC')::date as day, bin >> 32 as key, sum(bin & 4294967295)::bigint as calls
      from call_quarters cross join lateral unnest(bins) bin group by 1, 2, 3, 4, 5) s group by 1, 2, 3, 4;
drop function bins_of(int[]);
drop aggregate keys_of(int[]);

do $$
declare one record;
begin
  for one in select statement from made_again loop
    execute one.statement;
  end loop;
end $$;
drop table made_again;
alter table calls enable trigger user;
reset all;
