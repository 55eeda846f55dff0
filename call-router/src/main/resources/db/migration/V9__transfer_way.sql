-- How callers who came by a trunk are handed over where neither whoever asks nor their rule says. Null: bridge.

alter table trunks
    add column transfer_way text check (transfer_way in ('refer-first', 'bridge-first', 'refer', 'bridge'));
