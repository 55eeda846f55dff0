-- Who owns which number, who may call it, and where a call goes.

create table organisations (
    id                         uuid primary key default gen_random_uuid(),
    name                       text not null unique check (name <> ''),
    config                     jsonb not null default '{}' check (jsonb_typeof(config) = 'object'),
    -- Null: no limit.
    max_concurrent_calls       integer check (max_concurrent_calls > 0),
    -- Null: the suite's.
    caller_rate_calls          integer check (caller_rate_calls > 0),
    caller_rate_window_seconds integer check (caller_rate_window_seconds > 0),
    created_at                 timestamptz not null default now(),
    check ((caller_rate_calls is null) = (caller_rate_window_seconds is null))
);

create table numbers (
    id                         uuid primary key default gen_random_uuid(),
    phone_number               text not null unique check (phone_number ~ '^\+[1-9][0-9]{1,14}$'),
    organisation_id            uuid not null references organisations (id),
    active                     boolean not null default true,
    label                      text not null default '',
    config_override            jsonb not null default '{}' check (jsonb_typeof(config_override) = 'object'),
    max_concurrent_calls       integer not null default 1 check (max_concurrent_calls > 0),
    -- Null: the organisation's, counted over all its numbers. Set: the number's own, counted alone.
    caller_rate_calls          integer check (caller_rate_calls > 0),
    caller_rate_window_seconds integer check (caller_rate_window_seconds > 0),
    assigned_by                text not null,
    assigned_at                timestamptz not null default now(),
    check ((caller_rate_calls is null) = (caller_rate_window_seconds is null))
);
create index numbers_by_organisation on numbers (organisation_id);

create table trunks (
    id              uuid primary key default gen_random_uuid(),
    name            text not null unique check (name <> ''),
    addresses       cidr[] not null default '{}',
    country         text check (country ~ '^[A-Z]{2}$'),
    headers_to_room text[] not null default '{}',
    numbers         text[] not null default '{}',
    allowed_numbers text[] not null default '{}',
    created_at      timestamptz not null default now(),
    constraint trunk_has_a_gate check (cardinality(addresses) + cardinality(numbers) > 0)
);

create table rules (
    id               uuid primary key default gen_random_uuid(),
    name             text not null unique check (name <> ''),
    -- Null: for the numbers of every organisation.
    organisation_id  uuid references organisations (id),
    -- Empty: a wildcard rule, for every trunk, which has to be said.
    trunk_ids        uuid[] not null default '{}',
    wildcard         boolean not null default false,
    numbers          text[] not null default '{}',
    inbound_numbers  text[] not null default '{}',
    type             text not null check (type in ('individual', 'direct', 'callee')),
    -- The prefix of an individual or callee room, the name of a direct one.
    room             text not null check (room <> ''),
    agents           jsonb not null default '[]' check (jsonb_typeof(agents) = 'array'),
    metadata         text not null default '',
    answer_policy    text not null check (answer_policy in ('on-agent', 'immediate')),
    patience_seconds integer not null check (patience_seconds > 0),
    priority         integer not null default 0,
    created_at       timestamptz not null default clock_timestamp(),
    check ((cardinality(trunk_ids) = 0) = wildcard)
);

-- One row. Each change of the directory raises it in the same transaction, so a reader that sees the version sees what
-- belongs to it.
create table directory_version (
    only_row boolean primary key default true check (only_row),
    version  bigint not null
);
insert into directory_version (version) values (1);

create function raise_directory_version() returns trigger language plpgsql as $$
begin
    update directory_version set version = version + 1;
    return null;
end $$;

create trigger organisations_change after insert or update or delete on organisations
    for each row execute function raise_directory_version();
create trigger numbers_change after insert or update or delete on numbers
    for each row execute function raise_directory_version();
create trigger trunks_change after insert or update or delete on trunks
    for each row execute function raise_directory_version();
create trigger rules_change after insert or update or delete on rules
    for each row execute function raise_directory_version();

-- Transactional outbox: trunks whose present state (or absence) Kafka has yet to learn.
create table trunk_outbox (
    id         bigint generated always as identity primary key,
    trunk_id   uuid not null,
    written_at timestamptz not null default now()
);

create function write_trunk_to_outbox() returns trigger language plpgsql as $$
begin
    insert into trunk_outbox (trunk_id) values (coalesce(new.id, old.id));
    return null;
end $$;

create trigger trunks_to_outbox after insert or update or delete on trunks
    for each row execute function write_trunk_to_outbox();
