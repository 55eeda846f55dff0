-- Tenants read and configure what is theirs, whatever SQL they run; numbers may be patterns and may be free; rules are
-- documents.

-- The role that tenants' statements run as. The owner makes it where it may; else the administrator does, once.
do $$
begin
    if not exists (select from pg_roles where rolname = 'trunkline_tenant') then
        create role trunkline_tenant nologin;
    end if;
    if not pg_has_role(current_user, 'trunkline_tenant', 'member') then
        execute format('grant trunkline_tenant to %I', current_user);
    end if;
exception
    when duplicate_object or unique_violation then
        raise exception 'another service makes the role trunkline_tenant just now: try again';
    when insufficient_privilege then
        raise exception 'the role trunkline_tenant is missing, or % is no member of it, and may not change that: have the administrator of Postgres run "create role trunkline_tenant nologin; grant trunkline_tenant to %;"',
            current_user, current_user;
end $$;

-- A tenant's SQL puts nothing beside the tables, neither for good nor for its session.
do $$
begin
    revoke create on schema public from public;
    execute format('revoke temporary on database %I from public', current_database());
exception
    when insufficient_privilege then
        raise warning 'whoever owns this database should run "revoke create on schema public from public"';
end $$;

-- Agents that several numbers of an organisation share: one configuration between the organisation's and the number's.
create table agent_instances (
    id              uuid primary key default gen_random_uuid(),
    organisation_id uuid not null references organisations (id),
    name            text not null check (name <> ''),
    config          jsonb not null default '{}' check (jsonb_typeof(config) = 'object'),
    unique (organisation_id, name),
    unique (organisation_id, id)
);

alter table numbers
    drop constraint numbers_phone_number_check,
    -- A number, the beginning of numbers and a star, or a regular expression between slashes: the router reads which.
    add constraint numbers_phone_number_check check (phone_number <> '' and length(phone_number) <= 256),
    -- Null: a free number, which no organisation has.
    alter column organisation_id drop not null,
    alter column assigned_by set default '',
    add column agent_instance_id uuid,
    add constraint numbers_agent_instance_of_its_organisation
        foreign key (organisation_id, agent_instance_id) references agent_instances (organisation_id, id),
    -- What the tenant wants below what the administrator grants in max_concurrent_calls and caller_rate; null: no less.
    add column own_concurrent_calls integer check (own_concurrent_calls > 0),
    add column own_rate_calls integer check (own_rate_calls > 0),
    add column own_rate_window_seconds integer check (own_rate_window_seconds > 0),
    add constraint numbers_own_rate_whole check ((own_rate_calls is null) = (own_rate_window_seconds is null)),
    add constraint numbers_agent_instance_needs_an_organisation
        check (agent_instance_id is null or organisation_id is not null),
    add column created_at timestamptz not null default clock_timestamp();

alter table trunks
    add column international_prefixes text[] not null default '{}',
    add column national_prefixes text[] not null default '{}',
    add column called_from text[] not null default '{}',
    add column caller_from text[] not null default '{}',
    add column transports text[] not null default '{}',
    add column codecs text[] not null default '{}',
    -- [{"username", "realm", "ha1_md5", "ha1_sha256"}]: digests of RFC 7616, never a password.
    add column digest_users jsonb not null default '[]' check (jsonb_typeof(digest_users) = 'array'),
    drop constraint trunk_has_a_gate,
    add constraint trunk_has_a_gate check (
        cardinality(addresses) + cardinality(numbers) + jsonb_array_length(digest_users) > 0);

-- What a rule says is a document, read and written by one class; columns are what the database itself needs.
alter table rules add column definition jsonb not null default '{}' check (jsonb_typeof(definition) = 'object');
update rules set definition = jsonb_build_object(
        'numbers', to_jsonb(numbers),
        'inbound_numbers', to_jsonb(inbound_numbers),
        'type', type,
        case type when 'direct' then 'room_name' else 'room_prefix' end, room,
        'agents', agents,
        'metadata', metadata,
        'answer_policy', answer_policy,
        'patience_seconds', patience_seconds);
alter table rules
    alter column definition drop default,
    drop column numbers,
    drop column inbound_numbers,
    drop column type,
    drop column room,
    drop column agents,
    drop column metadata,
    drop column answer_policy,
    drop column patience_seconds;

-- Who gave which number to whom. Organisations by id and by the name that they had then, as they may be gone.
create table number_assignments (
    id                     bigint generated always as identity primary key,
    happened_at            timestamptz not null default clock_timestamp(),
    actor                  text not null,
    phone_number           text not null,
    what                   text not null check (what in ('added', 'assigned', 'reassigned', 'released', 'removed')),
    from_organisation_id   uuid,
    from_organisation_name text,
    to_organisation_id     uuid,
    to_organisation_name   text
);
create index number_assignments_by_number on number_assignments (phone_number, id);

-- Signing keys of the built-in issuer of tokens.
create table issuer_keys (
    key_id      text primary key,
    algorithm   text not null,
    -- PKCS#8 and X.509, DER.
    private_key bytea not null,
    public_key  bytea not null,
    created_at  timestamptz not null default now(),
    -- After this moment the key signs nothing more, and what it signed is refused.
    retired_at  timestamptz
);

-- Who acts in this transaction: whoever the service names, else the database user.
create function trunkline_actor() returns text language sql stable as
    $$ select coalesce(nullif(current_setting('trunkline.actor', true), ''), session_user::text) $$;

create function move_number() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        new.assigned_by := trunkline_actor();
    elsif new.organisation_id is distinct from old.organisation_id then
        new.assigned_by := trunkline_actor();
        new.assigned_at := clock_timestamp();
        -- What the former tenant wanted is none of the next one's.
        new.own_concurrent_calls := null;
        new.own_rate_calls := null;
        new.own_rate_window_seconds := null;
        if new.agent_instance_id is not distinct from old.agent_instance_id then
            new.agent_instance_id := null;
        end if;
    end if;
    return new;
end $$;

create trigger numbers_move before insert or update of organisation_id on numbers
    for each row execute function move_number();

create function write_assignment() returns trigger language plpgsql security definer
    set search_path = pg_catalog, public, pg_temp as $$
declare
    before uuid := case when tg_op <> 'INSERT' then old.organisation_id end;
    after uuid := case when tg_op <> 'DELETE' then new.organisation_id end;
begin
    if tg_op = 'UPDATE' and before is not distinct from after then
        return null;
    end if;
    insert into number_assignments
        (actor, phone_number, what, from_organisation_id, from_organisation_name, to_organisation_id, to_organisation_name)
    values (
        trunkline_actor(),
        case tg_op when 'DELETE' then old.phone_number else new.phone_number end,
        case
            when tg_op = 'DELETE' then 'removed'
            when after is null and tg_op = 'INSERT' then 'added'
            when after is null then 'released'
            when before is null then 'assigned'
            else 'reassigned'
        end,
        before, (select name from organisations where id = before),
        after, (select name from organisations where id = after));
    return null;
end $$;

create trigger numbers_assignment after insert or update or delete on numbers
    for each row execute function write_assignment();

-- Once a transaction and at its end: rows are locked before the version by every writer, so that none waits for another
-- in a circle. Listeners hear of it when it is committed.
alter table directory_version add column raised_by xid8;

create or replace function raise_directory_version() returns trigger language plpgsql security definer
    set search_path = pg_catalog, public, pg_temp as $$
begin
    update directory_version set version = version + 1, raised_by = pg_current_xact_id()
        where raised_by is distinct from pg_current_xact_id();
    if found then
        perform pg_notify('trunkline_directory', '');
    end if;
    return null;
end $$;

alter function write_trunk_to_outbox() security definer;
alter function write_trunk_to_outbox() set search_path = pg_catalog, public, pg_temp;

-- The edge needs the headers that a trunk's rules name rooms by.
create function write_trunks_of_rule_to_outbox() returns trigger language plpgsql security definer
    set search_path = pg_catalog, public, pg_temp as $$
declare
    ids uuid[] := '{}';
    wild boolean := false;
begin
    if tg_op <> 'INSERT' then
        ids := ids || old.trunk_ids;
        wild := wild or old.wildcard;
    end if;
    if tg_op <> 'DELETE' then
        ids := ids || new.trunk_ids;
        wild := wild or new.wildcard;
    end if;
    insert into trunk_outbox (trunk_id) select id from trunks where wild or id = any (ids);
    return null;
end $$;

create trigger rules_to_outbox after insert or update or delete on rules
    for each row execute function write_trunks_of_rule_to_outbox();

drop trigger organisations_change on organisations;
drop trigger numbers_change on numbers;
drop trigger trunks_change on trunks;
drop trigger rules_change on rules;
create constraint trigger organisations_change after insert or update or delete on organisations
    deferrable initially deferred for each row execute function raise_directory_version();
create constraint trigger agent_instances_change after insert or update or delete on agent_instances
    deferrable initially deferred for each row execute function raise_directory_version();
create constraint trigger numbers_change after insert or update or delete on numbers
    deferrable initially deferred for each row execute function raise_directory_version();
create constraint trigger trunks_change after insert or update or delete on trunks
    deferrable initially deferred for each row execute function raise_directory_version();
create constraint trigger rules_change after insert or update or delete on rules
    deferrable initially deferred for each row execute function raise_directory_version();

-- What proves that the service, and not a tenant's own statement, named the organisation of a transaction. Anybody may
-- set trunkline.organisation; the proof can only be made with this secret, and it holds for one transaction of one
-- connection.
create table tenant_secret (
    only_row boolean primary key default true check (only_row),
    secret   bytea not null
);
insert into tenant_secret (secret)
values (sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));

create function tenant_organisation() returns uuid language plpgsql stable security definer
    set search_path = pg_catalog, public, pg_temp as $$
declare
    organisation text := coalesce(current_setting('trunkline.organisation', true), '');
    proof text := coalesce(current_setting('trunkline.proof', true), '');
    key bytea;
    fact bytea;
begin
    if organisation !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' then
        return null;
    end if;
    select secret into strict key from tenant_secret;
    fact := convert_to(organisation || ' ' || pg_backend_pid() || ' '
        || (extract(epoch from transaction_timestamp()) * 1000000)::bigint, 'UTF8');
    if proof = encode(sha256(key || sha256(key || fact)), 'hex') then
        return organisation::uuid;
    end if;
    return null;
end $$;

revoke all on function tenant_organisation(), raise_directory_version(), write_trunk_to_outbox(),
    write_trunks_of_rule_to_outbox(), write_assignment()
    from public;
grant execute on function tenant_organisation() to trunkline_tenant;

-- The owner, as which the snapshot and the administrator's requests run, is not subject to policies; tenants are.
alter table organisations enable row level security;
alter table numbers enable row level security;
alter table rules enable row level security;
alter table agent_instances enable row level security;
alter table number_assignments enable row level security;

grant select on organisations, numbers, rules, agent_instances to trunkline_tenant;
grant update (label, active, config_override, own_concurrent_calls, own_rate_calls, own_rate_window_seconds)
    on numbers to trunkline_tenant;
-- Not who acted, nor which other organisation had or got the number.
grant select (id, happened_at, phone_number, what) on number_assignments to trunkline_tenant;

create policy own on organisations for select to trunkline_tenant using (id = (select tenant_organisation()));
create policy own on rules for select to trunkline_tenant using (organisation_id = (select tenant_organisation()));
create policy own on agent_instances for select to trunkline_tenant
    using (organisation_id = (select tenant_organisation()));
create policy own on number_assignments for select to trunkline_tenant
    using ((select tenant_organisation()) in (from_organisation_id, to_organisation_id));
create policy own on numbers for select to trunkline_tenant using (organisation_id = (select tenant_organisation()));
create policy configure on numbers for update to trunkline_tenant
    using (organisation_id = (select tenant_organisation()))
    with check (
        organisation_id = (select tenant_organisation())
        and (own_concurrent_calls is null or own_concurrent_calls <= max_concurrent_calls)
        -- Fewer calls in the same time or longer. Without a rate of the number's own there is none to go below: what
        -- then counts is counted over the whole organisation.
        and (own_rate_calls is null
            or coalesce(own_rate_calls <= caller_rate_calls
                and own_rate_window_seconds >= caller_rate_window_seconds, false)));
