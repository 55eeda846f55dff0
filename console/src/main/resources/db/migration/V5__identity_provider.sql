-- Sessions of people whom an identity provider knows: they have no account here, and stand in their session.
alter table sessions
  alter column account drop not null,
  add column provided_name text,
  add column provided_role text,
  add column provided_organisation text,
  add column provided_organisation_id text,
  -- Told to the provider when somebody signs out, so that it need not ask who that is.
  add column id_token text,
  add constraint sessions_are_somebodys check (account is not null or (provided_name is not null and provided_role is not null));
