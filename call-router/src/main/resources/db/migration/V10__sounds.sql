-- The sounds that callers are told something by, and who says that they are.

create table sounds (
    id              uuid primary key default gen_random_uuid(),
    -- Null: the suite's, which every organisation may use. An organisation's go with it.
    organisation_id uuid references organisations (id) on delete cascade,
    name            text not null check (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
    -- BCP 47 as RFC 5646 writes it; empty for none.
    language        text not null check (language ~ '^[A-Za-z0-9-]{0,35}$'),
    -- Played where the sound is not there in the language that is wanted: one of each name.
    is_default      boolean not null,
    content_type    text not null,
    sha256          text not null,
    millis          integer not null check (millis between 1 and 120000),
    file            bytea not null check (octet_length(file) between 1 and 900000),
    written_by      text not null default '',
    written_at      timestamptz not null default clock_timestamp()
);
create unique index sounds_by_key
    on sounds (coalesce(organisation_id, '00000000-0000-0000-0000-000000000000'::uuid), name, language);
create unique index sounds_one_default
    on sounds (coalesce(organisation_id, '00000000-0000-0000-0000-000000000000'::uuid), name) where is_default;

create function sign_sound() returns trigger language plpgsql as $$
begin
    new.written_by := trunkline_actor();
    new.written_at := clock_timestamp();
    return new;
end $$;
-- Another default is no other sound.
create trigger sounds_signed before insert or update of file on sounds for each row execute function sign_sound();

create constraint trigger sounds_change after insert or update or delete on sounds
    deferrable initially deferred for each row execute function raise_directory_version();

-- Transactional outbox: keys of sounds whose present state (or absence) Kafka has yet to learn.
create table sound_outbox (
    id         bigint generated always as identity primary key,
    sound_key  text not null,
    written_at timestamptz not null default now()
);

create function sound_key(s sounds) returns text language sql immutable as
    $$ select coalesce(s.organisation_id::text, '') || '/' || s.name || '/' || s.language $$;

create function write_sound_to_outbox() returns trigger language plpgsql security definer
    set search_path = pg_catalog, public, pg_temp as $$
begin
    if tg_op <> 'INSERT' then
        insert into sound_outbox (sound_key) values (sound_key(old));
    end if;
    if tg_op = 'INSERT' or tg_op = 'UPDATE' and sound_key(new) <> sound_key(old) then
        insert into sound_outbox (sound_key) values (sound_key(new));
    end if;
    return null;
end $$;

create trigger sounds_to_outbox after insert or update or delete on sounds
    for each row execute function write_sound_to_outbox();

revoke all on function write_sound_to_outbox() from public;

-- A tenant has its own, and nothing to do with the suite's.
alter table sounds enable row level security;
grant select, delete on sounds to trunkline_tenant;
grant insert (organisation_id, name, language, is_default, content_type, sha256, millis, file),
    update (is_default, content_type, sha256, millis, file) on sounds to trunkline_tenant;
create policy own on sounds to trunkline_tenant
    using (organisation_id = (select tenant_organisation()))
    with check (organisation_id = (select tenant_organisation()));

-- What callers to the number are told before anybody may be heard, or why not; null leaves it to the rule. Administrators write it.
alter table numbers add column announcement jsonb;

create or replace function number_facts(n numbers) returns jsonb language sql stable
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
        || case when n.announcement is null then '{}' else jsonb_build_object('announcement', n.announcement) end
$$;

-- As before, and what was announced for the former organisation is not told to the next one either.
create or replace function write_number_change() returns trigger language plpgsql security definer
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
        before := (number_facts(old) - '{agent_instance,own_concurrent_calls,own_caller_rate,announcement}'::text[]) || afresh;
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
