-- What was taken from LiveKit's SIP API.

create table livekit_items (
    kind       text not null check (kind in ('inbound_trunk', 'outbound_trunk', 'rule')),
    livekit_id text not null,
    -- LiveKit's protobuf message in base64, to be written back if its Redis is wiped. Empty: deleted there, and still needed here.
    item       text not null,
    -- Name of the item in the directory, and its form as it was taken. Null: it could not be taken.
    name       text,
    taken      jsonb check (jsonb_typeof(taken) = 'object'),
    primary key (kind, livekit_id),
    check ((name is null) = (taken is null))
);

-- Each replica shows callers' rooms the ids that LiveKit has.
create constraint trigger livekit_items_change after insert or update or delete on livekit_items
    deferrable initially deferred for each row execute function raise_directory_version();

-- Numbers that were made for them, and go with them.
create table livekit_numbers (
    phone_number text primary key references numbers (phone_number) on update cascade on delete cascade
);

-- What is not in the directory as it is in LiveKit, and why.
create table livekit_facts (
    kind       text not null,
    livekit_id text not null,
    name       text not null,
    reason     text not null,
    problem    text not null,
    since      timestamptz not null default clock_timestamp(),
    primary key (kind, livekit_id, reason, problem)
);

-- Nobody but the owner reads or writes them.
alter table livekit_items enable row level security;
alter table livekit_numbers enable row level security;
alter table livekit_facts enable row level security;
