-- A way to hand callers over in which whoever is called speaks with the agent first.

alter table trunks drop constraint trunks_transfer_way_check;
alter table trunks
    add constraint trunks_transfer_way_check check (transfer_way in ('refer-first', 'bridge-first', 'refer', 'bridge', 'warm'));
