-- Attributes of the participants of a trunk's callers, and the SIP header that each is on a BYE and a REFER of the suite's.

alter table trunks
    add column attributes_to_headers jsonb not null default '{}';
