package dev.trunkline.router.apply;

import dev.trunkline.events.TransferWay;
import dev.trunkline.router.directory.InboundTrunk;
import dev.trunkline.router.outbound.OutboundDefinition;
import dev.trunkline.router.outbound.OutboundForm;
import dev.trunkline.router.rules.AnnouncementForm;
import dev.trunkline.router.rules.RuleDefinition;
import dev.trunkline.router.rules.RuleDefinitions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/** Inserts or updates items as rows, in one transaction. */
final class DirectoryRows {
    private static final long LOCK = 0x6170706C79L;

    private static final String ORGANISATION = """
            insert into organisations
                (name, config, max_concurrent_calls, caller_rate_calls, caller_rate_window_seconds)
            values (?, ?::jsonb, ?, ?, ?)
            on conflict (name) do update set config = excluded.config,
                max_concurrent_calls = excluded.max_concurrent_calls,
                caller_rate_calls = excluded.caller_rate_calls,
                caller_rate_window_seconds = excluded.caller_rate_window_seconds""";

    private static final String AGENT_INSTANCE = """
            insert into agent_instances (organisation_id, name, config)
            values ((select id from organisations where name = ?), ?, ?::jsonb)
            on conflict (organisation_id, name) do update set config = excluded.config""";

    /** Takes the organisation by its name, null for none. */
    private static final String NUMBER = """
            insert into numbers
                (phone_number, organisation_id, agent_instance_id, active, label, config_override, max_concurrent_calls,
                 caller_rate_calls, caller_rate_window_seconds, announcement)
            values (?, (select id from organisations where name = ?),
                (select a.id from agent_instances a join organisations o on o.id = a.organisation_id
                    where o.name = ? and a.name = ?),
                ?, ?, ?::jsonb, ?, ?::int, ?::int, ?::jsonb)
            on conflict (phone_number) do update set organisation_id = excluded.organisation_id,
                agent_instance_id = excluded.agent_instance_id, active = excluded.active, label = excluded.label,
                config_override = excluded.config_override, max_concurrent_calls = excluded.max_concurrent_calls,
                caller_rate_calls = excluded.caller_rate_calls,
                caller_rate_window_seconds = excluded.caller_rate_window_seconds,
                announcement = excluded.announcement""";

    private static final String TRUNK = """
            insert into trunks (name, addresses, country, headers_to_room, numbers, allowed_numbers,
                international_prefixes, national_prefixes, called_from, caller_from, transports, codecs, digest_users,
                max_invites_per_second, max_early_calls, media_from, trial_calls, transfer_way, attributes_to_headers)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?::jsonb)
            on conflict (name) do update set addresses = excluded.addresses, country = excluded.country,
                headers_to_room = excluded.headers_to_room, numbers = excluded.numbers,
                allowed_numbers = excluded.allowed_numbers,
                international_prefixes = excluded.international_prefixes,
                national_prefixes = excluded.national_prefixes, called_from = excluded.called_from,
                caller_from = excluded.caller_from, transports = excluded.transports, codecs = excluded.codecs,
                digest_users = excluded.digest_users,
                max_invites_per_second = excluded.max_invites_per_second,
                max_early_calls = excluded.max_early_calls, media_from = excluded.media_from,
                trial_calls = excluded.trial_calls, transfer_way = excluded.transfer_way,
                attributes_to_headers = excluded.attributes_to_headers""";

    /** Takes organisation and trunk by their names, null for none. */
    private static final String OUTBOUND_TRUNK = """
            insert into outbound_trunks (name, organisation_id, inbound_trunk_id, definition, account)
            values (?, (select id from organisations where name = ?), (select id from trunks where name = ?), ?::jsonb, ?::jsonb)
            on conflict (name) do update set organisation_id = excluded.organisation_id,
                inbound_trunk_id = excluded.inbound_trunk_id, definition = excluded.definition,
                account = excluded.account""";

    /** Keeps the trunks in the order in which the file names them. */
    private static final String RULE = """
            insert into rules (name, organisation_id, trunk_ids, wildcard, definition, priority)
            values (?, (select id from organisations where name = ?),
                (select coalesce(array_agg(t.id order by named.place), '{}')
                    from unnest(?::text[]) with ordinality named (name, place) join trunks t on t.name = named.name),
                ?, ?::jsonb, ?)
            on conflict (name) do update set organisation_id = excluded.organisation_id,
                trunk_ids = excluded.trunk_ids, wildcard = excluded.wildcard, definition = excluded.definition,
                priority = excluded.priority""";

    private static final Map<String, String> REMOVALS = Map.of(
            "organisation", "delete from organisations where name = ?",
            "agent_instance", "delete from agent_instances a using organisations o"
                    + " where o.id = a.organisation_id and o.name || '/' || a.name = ?",
            "number", "delete from numbers where phone_number = ?",
            "trunk", "delete from trunks where name = ?",
            "outbound_trunk", "delete from outbound_trunks where name = ?",
            "rule", "delete from rules where name = ?");

    private final Connection connection;

    DirectoryRows(Connection connection) {
        this.connection = connection;
    }

    /** Makes other callers of this method wait until the transaction is over. */
    void lock() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
        }
    }

    void organisation(DirectoryFile.OrganisationEntry entry) throws SQLException {
        run(ORGANISATION, row -> row.text(entry.name())
                .text(entry.config().toString())
                .integer(entry.maxConcurrentCalls())
                .rate(entry.callerRate()));
    }

    void agentInstance(String organisation, DirectoryFile.AgentInstanceEntry entry) throws SQLException {
        run(AGENT_INSTANCE, row -> row.text(organisation).text(entry.name()).text(entry.config().toString()));
    }

    void number(String organisation, DirectoryFile.NumberEntry entry) throws SQLException {
        number(Optional.of(organisation), entry);
    }

    void freeNumber(DirectoryFile.NumberEntry entry) throws SQLException {
        number(Optional.empty(), entry);
    }

    private void number(Optional<String> organisation, DirectoryFile.NumberEntry entry) throws SQLException {
        run(NUMBER, row -> row.text(entry.phoneNumber())
                .text(organisation)
                .text(organisation)
                .text(entry.agentInstance())
                .bool(entry.active())
                .text(entry.label())
                .text(entry.configOverride().toString())
                .integer(entry.maxConcurrentCalls())
                .rate(entry.callerRate())
                .text(entry.announcement().map(choice -> AnnouncementForm.write(choice).toString())));
    }

    void trunk(InboundTrunk entry) throws SQLException {
        run(TRUNK, row -> row.text(entry.name())
                .texts(entry.addresses())
                .text(entry.country())
                .texts(entry.headersToRoom())
                .texts(entry.numbers())
                .texts(entry.allowedNumbers())
                .texts(entry.internationalPrefixes())
                .texts(entry.nationalPrefixes())
                .texts(entry.calledFrom())
                .texts(entry.callerFrom())
                .texts(entry.transports())
                .texts(entry.codecs())
                .text(DirectoryForm.users(entry.users()).toString())
                .integer(entry.maxInvitesPerSecond())
                .integer(entry.maxEarlyCalls())
                .text(entry.mediaFrom().code())
                .bool(entry.trialCalls())
                .text(entry.transferWay().map(TransferWay::code))
                .text(DirectoryForm.pairs(entry.attributesToHeaders()).toString()));
    }

    void outboundTrunk(OutboundDefinition entry) throws SQLException {
        run(OUTBOUND_TRUNK, row -> row.text(entry.name())
                .text(entry.organisation())
                .text(entry.inboundTrunk())
                .text(OutboundForm.writeTerms(entry.terms()).toString())
                .text(entry.account().map(account -> OutboundForm.write(account).toString())));
    }

    void rule(RuleDefinition rule) throws SQLException {
        run(RULE, row -> row.text(rule.name())
                .text(rule.organisation())
                .texts(rule.trunks())
                .bool(rule.wildcard())
                .text(RuleDefinitions.writeTerms(rule.terms()).toString())
                .integer(rule.priority()));
    }

    /** @param kind as in {@link ApplyReport.Item#kind} */
    void remove(String kind, String name) throws SQLException {
        run(REMOVALS.get(kind), row -> row.text(name));
    }

    @FunctionalInterface
    private interface Filling {
        Parameters fill(Parameters parameters) throws SQLException;
    }

    private void run(String sql, Filling filling) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            filling.fill(new Parameters(connection, statement));
            statement.executeUpdate();
        }
    }
}
