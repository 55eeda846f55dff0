-- From where a trunk's media may come, beside the address in its description.

alter table trunks
    add column media_from text not null default 'signalling' check (media_from in ('signalling', 'anywhere'));
