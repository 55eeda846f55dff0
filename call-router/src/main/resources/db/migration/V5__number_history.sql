-- What was changed of a number, by whom and by which way; beside number_assignments, which says who had it when.

create table number_changes (
    -- One sequence for both tables: a number's history is in the order of its ids.
    id                bigint primary key default nextval('number_assignments_id_seq'),
    happened_at       timestamptz not null default clock_timestamp(),
    actor             text not null,
    -- The organisation as whose tenant the actor was proved to be; null: an administrator, or a statement of the owner.
    actor_of          uuid,
    via               text not null,
    phone_number      text not null,
    -- Who had the number then; null: nobody.
    organisation_id   uuid,
    organisation_name text,
    -- [{"field", "before", "after"}], secrets as stars.
    fields            jsonb not null check (jsonb_typeof(fields) = 'array')
);
create index number_changes_by_number on number_changes (phone_number, id);

-- By which way: api, file, or database for a statement that the service does not know of.
create function trunkline_via() returns text language sql stable as
    $$ select coalesce(nullif(current_setting('trunkline.via', true), ''), 'database') $$;

-- Null: from before this was kept.
alter table number_assignments add column via text;
alter table number_assignments alter column via set default trunkline_via();

-- The same as in the router's class Hidden; a test holds both together.
create function names_secret(name text) returns boolean language sql immutable as $$
    select lower(name) ~ 'secret|passw|passphrase|credential|authori[sz]ation|apikey|ha1_|(^|[^a-z])(keys?|token|pin)$'
        or name ~ '[a-z0-9](Keys?|Token|Pin)$'
$$;

create function hide_secrets(name text, value jsonb, depth integer) returns jsonb language plpgsql immutable
    set search_path = pg_catalog, public, pg_temp as $$
begin
    if value is null or jsonb_typeof(value) in ('null', 'boolean') then
        return value;
    elsif names_secret(name) or depth > 16 then
        return '"***"';
    end if;
    return case jsonb_typeof(value)
        when 'object' then coalesce(
            (select jsonb_object_agg(e.key, hide_secrets(e.key, e.value, depth + 1)) from jsonb_each(value) e), '{}')
        when 'array' then coalesce(
            (select jsonb_agg(hide_secrets(name, e.value, depth + 1) order by e.ordinality)
                from jsonb_array_elements(value) with ordinality e), '[]')
        -- A password in a URL, before its host or in its query.
        when 'string' then to_jsonb(regexp_replace(
            regexp_replace(
                value #>> '{}', '(//|sips?:)([^/@:[:space:]]{0,255}:)[^/@[:space:]]{1,255}@', '\1\2***@', 'g'),
            '([?&][\w.-]{0,64}(token|key|secret|passw|signature)[\w.-]{0,64}=)[^&#[:space:]]+', '\1***', 'gi'))
        else value
    end;
end $$;

-- A value as it is kept: without secrets, and no longer than somebody reads.
create function kept_value(name text, value jsonb) returns jsonb language sql immutable
    set search_path = pg_catalog, public, pg_temp as $$
    select case when length(shown #>> '{}') > 1000 then to_jsonb(left(shown #>> '{}', 1000) || '…') else shown end
    from (select hide_secrets(name, value, 0) as shown) s
$$;

create function json_differences(path text, before jsonb, after jsonb, depth integer)
    returns table (field text, was jsonb, becomes jsonb) language plpgsql immutable
    set search_path = pg_catalog, public, pg_temp as $$
declare
    name text;
    one jsonb;
    other jsonb;
begin
    for name, one, other in
        select coalesce(b.key, a.key), b.value, a.value
        from jsonb_each(before) b full join jsonb_each(after) a on a.key = b.key
        where b.value is distinct from a.value order by 1
    loop
        if jsonb_typeof(one) = 'object' and jsonb_typeof(other) = 'object' and not names_secret(name) and depth < 16 then
            return query select d.* from json_differences(path || name || '.', one, other, depth + 1) d;
        else
            field := path || name;
            was := kept_value(name, one);
            becomes := kept_value(name, other);
            return next;
        end if;
    end loop;
end $$;

create function number_facts(n numbers) returns jsonb language sql stable
    set search_path = pg_catalog, public, pg_temp as $$
    select jsonb_build_object('label', n.label, 'active', n.active, 'config_override', n.config_override,
            'max_concurrent_calls', n.max_concurrent_calls)
        || coalesce((select jsonb_build_object('agent_instance', a.name) from agent_instances a
            where a.id = n.agent_instance_id), '{}')
        || case when n.caller_rate_calls is null then '{}' else jsonb_build_object('caller_rate',
            jsonb_build_object('calls', n.caller_rate_calls, 'window_seconds', n.caller_rate_window_seconds)) end
        || case when n.own_concurrent_calls is null then '{}'
            else jsonb_build_object('own_concurrent_calls', n.own_concurrent_calls) end
        || case when n.own_rate_calls is null then '{}' else jsonb_build_object('own_caller_rate',
            jsonb_build_object('calls', n.own_rate_calls, 'window_seconds', n.own_rate_window_seconds)) end
$$;

-- After write_assignment, by the order of the triggers' names, so that a number is given before it is changed.
create function write_number_change() returns trigger language plpgsql security definer
    set search_path = pg_catalog, public, pg_temp as $$
declare
    afresh constant jsonb := '{"label": "", "active": true, "config_override": {}}';
    most constant integer := 50;
    before jsonb;
    changed jsonb;
    further integer;
begin
    if tg_op = 'INSERT' then
        before := afresh || '{"max_concurrent_calls": 1}';
    elsif old.organisation_id is not null and new.organisation_id is distinct from old.organisation_id then
        -- Nothing of what the former organisation had is told to the next one; what administrators grant stays.
        before := (number_facts(old) - '{agent_instance,own_concurrent_calls,own_caller_rate}'::text[]) || afresh;
    else
        before := number_facts(old);
    end if;
    select jsonb_agg(jsonb_build_object('field', left(d.field, 300))
                || case when d.was is null then '{}' else jsonb_build_object('before', d.was) end
                || case when d.becomes is null then '{}' else jsonb_build_object('after', d.becomes) end)
            filter (where d.place <= most),
            count(*) - most
        into changed, further
        from json_differences('', before, number_facts(new), 0) with ordinality d (field, was, becomes, place);
    if changed is not null then
        if further > 0 then
            changed := changed || jsonb_build_object('field', format('and %s more', further));
        end if;
        insert into number_changes (actor, actor_of, via, phone_number, organisation_id, organisation_name, fields)
        values (trunkline_actor(), tenant_organisation(), trunkline_via(), new.phone_number, new.organisation_id,
            (select name from organisations where id = new.organisation_id), changed);
    end if;
    return null;
end $$;

create trigger numbers_changed after insert or update on numbers
    for each row execute function write_number_change();

-- The whole history, for administrators.
create view number_events as
    select id, happened_at, phone_number, what, actor, null::uuid as actor_of, via,
        from_organisation_id, from_organisation_name, to_organisation_id, to_organisation_name, null::jsonb as fields
    from number_assignments
    union all
    select id, happened_at, phone_number, 'changed', actor, actor_of, via,
        organisation_id, organisation_name, organisation_id, organisation_name, fields
    from number_changes;

-- A tenant's: of the times when it had the number; who acted where that was one of its own.
create view number_history with (security_barrier) as
    select id, happened_at, phone_number, what, case when actor_of = me.organisation then actor end as actor, via, fields
    from number_events, (select tenant_organisation() as organisation) me
    where me.organisation in (from_organisation_id, to_organisation_id);

alter table number_changes enable row level security;
revoke all on function trunkline_via(), names_secret(text), hide_secrets(text, jsonb, integer), kept_value(text, jsonb),
    json_differences(text, jsonb, jsonb, integer), number_facts(numbers), write_number_change()
    from public;
grant select on number_history to trunkline_tenant;
