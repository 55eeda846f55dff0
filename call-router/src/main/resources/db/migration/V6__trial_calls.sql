-- Whether a trunk's calls may say that they are made to try the suite.

alter table trunks
    add column trial_calls boolean not null default false;
