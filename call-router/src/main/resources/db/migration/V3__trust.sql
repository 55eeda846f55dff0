-- A trunk sends from networks or from hosts that DNS knows; and brings no more calls than it may.

alter table trunks
    alter column addresses drop default,
    alter column addresses type text[] using addresses::text[],
    alter column addresses set default '{}',
    -- Null: no limit.
    add column max_invites_per_second integer check (max_invites_per_second > 0),
    add column max_early_calls integer check (max_early_calls > 0);

-- So that edges hear of users, numbers and transports, which they were not told before.
insert into trunk_outbox (trunk_id) select id from trunks;
