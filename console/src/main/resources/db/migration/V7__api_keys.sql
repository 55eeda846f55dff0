-- Keys of programs. Those that were revoked or have ended stay, so that it can be told who made them and who took them away.
create table api_keys (
  id uuid primary key,
  -- SHA-256 of the key, so that whoever reads this table has none.
  secret bytea not null unique,
  -- How the key begins: by this somebody finds theirs.
  beginning text not null,
  name text not null,
  role text not null,
  organisation_id text,
  organisation text,
  made_at timestamptz not null,
  made_by text not null,
  ends_at timestamptz,
  used_at timestamptz,
  revoked_at timestamptz,
  revoked_by text
);
create index api_keys_of_organisation on api_keys (organisation_id, made_at desc);
