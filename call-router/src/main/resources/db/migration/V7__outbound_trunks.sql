-- The trunks that calls go out by.

create table outbound_trunks (
    id               uuid primary key default gen_random_uuid(),
    name             text not null unique check (name <> ''),
    -- Null: the suite's, which every organisation may use.
    organisation_id  uuid references organisations (id),
    -- Whose calls those are that come from its gateways. Null: nobody's.
    inbound_trunk_id uuid references trunks (id),
    -- What it says is a document, read and written by one class; columns are what the database itself needs.
    definition       jsonb not null check (jsonb_typeof(definition) = 'object'),
    -- {"username", "password"} or {"username", "realm", "ha1_md5", "ha1_sha256"}: a client of digest needs the password, or what it comes to in a
    -- realm that is known beforehand. A column of its own, so that whoever may read the trunk need not read this. Null: none.
    account          jsonb check (jsonb_typeof(account) = 'object'),
    created_at       timestamptz not null default clock_timestamp()
);
create index outbound_trunks_by_organisation on outbound_trunks (organisation_id);

create constraint trigger outbound_trunks_change after insert or update or delete on outbound_trunks
    deferrable initially deferred for each row execute function raise_directory_version();

-- Transactional outbox: trunks whose present state (or absence) Kafka has yet to learn.
create table outbound_trunk_outbox (
    id         bigint generated always as identity primary key,
    trunk_id   uuid not null,
    written_at timestamptz not null default now()
);

create function write_outbound_trunk_to_outbox() returns trigger language plpgsql security definer
    set search_path = pg_catalog, public, pg_temp as $$
begin
    insert into outbound_trunk_outbox (trunk_id) values (coalesce(new.id, old.id));
    return null;
end $$;

create trigger outbound_trunks_to_outbox after insert or update or delete on outbound_trunks
    for each row execute function write_outbound_trunk_to_outbox();

revoke all on function write_outbound_trunk_to_outbox() from public;

-- A tenant reads its own, without the account.
alter table outbound_trunks enable row level security;
grant select (id, name, organisation_id, inbound_trunk_id, definition, created_at) on outbound_trunks to trunkline_tenant;
create policy own on outbound_trunks for select to trunkline_tenant using (organisation_id = (select tenant_organisation()));
