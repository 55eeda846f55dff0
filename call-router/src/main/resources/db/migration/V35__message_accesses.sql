-- Who heard and who deleted the messages that callers left. The messages themselves are in a store, not here.

create table message_accesses (
    id              bigint generated always as identity primary key,
    happened_at     timestamptz not null default clock_timestamp(),
    actor           text not null default trunkline_actor(),
    organisation_id uuid not null,
    message_id      uuid not null,
    what            text not null check (what in ('fetched', 'deleted'))
);
create index message_accesses_by_organisation on message_accesses (organisation_id, id);

-- A tenant reads its own, adds to them, and changes none.
alter table message_accesses enable row level security;
grant select on message_accesses to trunkline_tenant;
grant insert (organisation_id, message_id, what) on message_accesses to trunkline_tenant;
create policy own on message_accesses to trunkline_tenant
    using (organisation_id = (select tenant_organisation()))
    with check (organisation_id = (select tenant_organisation()));
