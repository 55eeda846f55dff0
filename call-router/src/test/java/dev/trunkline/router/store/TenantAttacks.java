package dev.trunkline.router.store;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Attacks that a tenant, the bakery, may try against another, the florist, and against the suite. */
final class TenantAttacks {
    static final UUID BAKERY = UUID.fromString("00000000-0000-4000-8000-00000000000b");
    static final UUID FLORIST = UUID.fromString("00000000-0000-4000-8000-00000000000f");
    static final List<String> TABLES = List.of(
            "organisations", "numbers", "rules", "agent_instances", "number_assignments", "trunks", "trunk_outbox",
            "issuer_keys", "tenant_secret", "directory_version", "number_changes", "number_events", "number_history",
            "outbound_trunks", "outbound_trunk_outbox", "calls_out");
    static final String LOOK =
            "; select row_to_json(n) from numbers n; select row_to_json(o) from organisations o";

    private TenantAttacks() {}

    /** Returns SQL that tries to reach data that is not the bakery's, each in a different way. */
    static Stream<String> all() {
        String florist = "'" + FLORIST + "'";
        return Stream.of(
                        TABLES.stream().map(table -> "select row_to_json(t) from " + table + " t"),
                        TABLES.stream().map(table -> "delete from " + table),
                        TABLES.stream().map(table -> "truncate " + table + " cascade"),
                        TABLES.stream().map(table -> "lock " + table + "; alter table " + table
                                + " disable row level security; select row_to_json(t) from " + table + " t"),
                        TABLES.stream().map(table -> "select query_to_xml('select * from " + table
                                + "', true, true, '')"),
                        Stream.of(
                                "select * from flyway_schema_history",
                                "with n as (select * from numbers) select row_to_json(n) from n",
                                "select (select string_agg(label, ' ') from numbers)",
                                "select row_to_json(o) from numbers n join organisations o on true",
                                "select 1 / (case when label like 'flor%' then 0 else 1 end), label from numbers",
                                "select label::int from numbers where phone_number = '+3225550200'",
                                "select most_common_vals::text, histogram_bounds::text from pg_stats",
                                "select * from pg_statistic",
                                "explain (analyze, verbose) select * from numbers where label = 'x'",
                                "table number_assignments",
                                "select actor from number_assignments",
                                "select from_organisation_name, to_organisation_name from number_assignments",
                                "declare c cursor with hold for select row_to_json(n) from numbers n; fetch all from c",
                                "prepare p as select row_to_json(n) from numbers n; execute p"),
                        // Other privileges.
                        Stream.of(
                                        "reset role", "set role none", "set role router", "set role postgres",
                                        "set local role router", "reset session authorization",
                                        "set session authorization router", "set session authorization default",
                                        "commit", "rollback", "commit; reset role", "commit; set role router",
                                        "reset all", "discard all", "set row_security = off",
                                        "select set_config('role', 'router', false)",
                                        "select set_config('role', 'none', true)",
                                        "do $$ begin execute 'reset role'; end $$",
                                        "do $$ begin perform set_config('role', 'router', true); end $$",
                                        "grant router to current_user", "grant trunkline_tenant to public",
                                        "grant all on numbers to public", "alter role current_user superuser",
                                        "alter role current_user bypassrls", "create role more superuser login",
                                        "drop policy own on numbers", "drop policy own on organisations",
                                        "create policy all_mine on numbers using (true)",
                                        "alter policy own on numbers using (true)",
                                        "alter table numbers owner to current_user",
                                        "create or replace function tenant_organisation() returns uuid language sql as"
                                                + " $$ select " + florist + "::uuid $$",
                                        "drop function tenant_organisation() cascade",
                                        "create function public.sha256(bytea) returns bytea language sql as"
                                                + " $$ select ''::bytea $$",
                                        "create function pg_temp.f() returns setof numbers language sql security"
                                                + " definer as $$ select * from public.numbers $$;"
                                                + " select row_to_json(f) from pg_temp.f() f",
                                        "create temporary table tenant_secret (secret bytea)",
                                        "create table public.numbers_of_mine as select * from numbers",
                                        "create view public.v as select * from numbers")
                                .map(sql -> sql + LOOK),
                        // Another organisation.
                        Stream.of(
                                        "set trunkline.organisation to " + florist,
                                        "set local trunkline.organisation to " + florist,
                                        "select set_config('trunkline.organisation', " + florist + ", false)",
                                        "set trunkline.proof to ''; set trunkline.organisation to " + florist,
                                        "reset trunkline.proof; set trunkline.organisation to " + florist,
                                        "set trunkline.organisation to '%'", "set trunkline.organisation to ''",
                                        "set trunkline.organisation to " + florist + "; set trunkline.proof to '"
                                                + "0".repeat(64) + "'",
                                        "commit; begin; set trunkline.organisation to " + florist,
                                        "set trunkline.organisation to " + florist + "; set trunkline.proof to '';"
                                                + " select encode(sha256(secret), 'hex') from tenant_secret",
                                        "do $$ begin perform set_config('trunkline.organisation', " + florist
                                                + ", true); end $$",
                                        "set trunkline.actor to 'admin'")
                                .map(sql -> sql + LOOK),
                        // Rows of others, and rows that only the administrator writes.
                        Stream.of(
                                "insert into numbers (phone_number, organisation_id) values ('+3225550400', '" + BAKERY
                                        + "')",
                                "insert into numbers (phone_number, organisation_id) values ('+3225550100', '" + BAKERY
                                        + "') on conflict (phone_number) do update set label = 'stolen'",
                                "delete from numbers where phone_number = '+3225550100'",
                                "update numbers set organisation_id = '" + BAKERY + "'",
                                "update numbers set organisation_id = " + florist,
                                "update numbers set organisation_id = null",
                                "update numbers set phone_number = '+3225550999'",
                                "update numbers set phone_number = phone_number || '9' where organisation_id = "
                                        + florist,
                                "update numbers set max_concurrent_calls = 1000",
                                "update numbers set caller_rate_calls = 1000",
                                "update numbers set assigned_by = 'me'",
                                "update numbers set agent_instance_id = null",
                                "update numbers set label = 'x' where organisation_id = " + florist + " returning *",
                                "update numbers set label = 'x' where organisation_id is null",
                                "update numbers set label = 'x' where label like 'flor%'",
                                "update numbers set label = 'x' from organisations o where o.id = " + florist,
                                "with u as (update numbers set active = false where phone_number = '+3225550200'"
                                        + " returning *) select row_to_json(u) from u",
                                "select row_to_json(n) from numbers n where phone_number = '+3225550200' for update",
                                "update organisations set name = 'x'", "update organisations set config = '{}'",
                                "update organisations set max_concurrent_calls = 100000",
                                "insert into organisations (name) values ('x')",
                                "update rules set priority = 1000000", "update rules set wildcard = true",
                                "insert into rules (name, wildcard, definition) values ('x', true, '{}')",
                                "update agent_instances set config = '{}'",
                                "insert into agent_instances (organisation_id, name) values ('" + BAKERY + "', 'x')",
                                "update trunks set addresses = '{0.0.0.0/1}'",
                                "insert into trunks (name, addresses) values ('x', '{203.0.113.9/32}')",
                                "insert into trunk_outbox (trunk_id) values (gen_random_uuid())",
                                "update number_assignments set phone_number = 'x'",
                                "insert into number_assignments (actor, phone_number, what) values ('x', 'x', 'added')",
                                "update directory_version set version = 0",
                                "update tenant_secret set secret = ''",
                                "select nextval(pg_get_serial_sequence('trunk_outbox', 'id'))"),
                        Stream.of(
                                "copy numbers from program 'echo x'", "copy numbers to program 'cat'",
                                "select pg_read_file('PG_VERSION')", "create extension dblink",
                                "select lo_import('/etc/passwd')"))
                .flatMap(stream -> stream);
    }
}
