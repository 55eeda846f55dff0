-- Calls out that were asked for under an Idempotency-Key, from which the call's id follows: a request that is repeated makes no second call.

create table calls_out (
    call_id         uuid primary key,
    organisation_id uuid not null references organisations (id) on delete cascade,
    said_at         timestamptz not null default clock_timestamp()
);
create index calls_out_by_age on calls_out (said_at);

-- Nobody but the owner reads or writes them.
alter table calls_out enable row level security;
