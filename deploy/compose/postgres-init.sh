#!/bin/sh
# Creates the logins and databases of router and console when the database cluster is created. None of these logins has the right to
# create roles or databases.
set -eu
psql --set ON_ERROR_STOP=1 --set router="$ROUTER_PASSWORD" --set tenants="$TENANTS_PASSWORD" --set console="$CONSOLE_PASSWORD" \
  --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
create role trunkline_tenant nologin;
create role trunkline login password :'router';
create role trunkline_tenants login password :'tenants';
create role trunkline_console login password :'console';
grant trunkline_tenant to trunkline, trunkline_tenants;
create database trunkline owner trunkline;
create database trunkline_console owner trunkline_console;
revoke connect, temporary on database trunkline_console from public;
SQL
