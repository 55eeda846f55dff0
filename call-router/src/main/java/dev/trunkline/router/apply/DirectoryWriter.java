package dev.trunkline.router.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.router.apply.ApplyReport.Item;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.store.Transactions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a directory file into Postgres: everything in one transaction, each item by its natural key (name, number).
 * Applying the same file again changes nothing.
 */
public final class DirectoryWriter {
    private static final String ORGANISATION = """
            insert into organisations as o
                (name, config, max_concurrent_calls, caller_rate_calls, caller_rate_window_seconds)
            values (?, ?::jsonb, ?, ?, ?)
            on conflict (name) do update set config = excluded.config,
                max_concurrent_calls = excluded.max_concurrent_calls,
                caller_rate_calls = excluded.caller_rate_calls,
                caller_rate_window_seconds = excluded.caller_rate_window_seconds
            where (o.config, o.max_concurrent_calls, o.caller_rate_calls, o.caller_rate_window_seconds)
                is distinct from (excluded.config, excluded.max_concurrent_calls, excluded.caller_rate_calls,
                    excluded.caller_rate_window_seconds)
            returning xmax = 0""";

    private static final String NUMBER = """
            insert into numbers as n
                (phone_number, organisation_id, active, label, config_override, max_concurrent_calls,
                 caller_rate_calls, caller_rate_window_seconds)
            select ?, id, ?, ?, ?::jsonb, ?, ?::int, ?::int from organisations where name = ?
            on conflict (phone_number) do update set organisation_id = excluded.organisation_id,
                active = excluded.active, label = excluded.label, config_override = excluded.config_override,
                max_concurrent_calls = excluded.max_concurrent_calls,
                caller_rate_calls = excluded.caller_rate_calls,
                caller_rate_window_seconds = excluded.caller_rate_window_seconds
            where (n.organisation_id, n.active, n.label, n.config_override, n.max_concurrent_calls,
                    n.caller_rate_calls, n.caller_rate_window_seconds)
                is distinct from (excluded.organisation_id, excluded.active, excluded.label,
                    excluded.config_override, excluded.max_concurrent_calls, excluded.caller_rate_calls,
                    excluded.caller_rate_window_seconds)
            returning xmax = 0""";

    private static final String TRUNK = """
            insert into trunks as t (name, addresses, country, headers_to_room, numbers, allowed_numbers)
            values (?, ?::text[]::cidr[], ?, ?::text[], ?::text[], ?::text[])
            on conflict (name) do update set addresses = excluded.addresses, country = excluded.country,
                headers_to_room = excluded.headers_to_room, numbers = excluded.numbers,
                allowed_numbers = excluded.allowed_numbers
            where (t.addresses, t.country, t.headers_to_room, t.numbers, t.allowed_numbers)
                is distinct from (excluded.addresses, excluded.country, excluded.headers_to_room, excluded.numbers,
                    excluded.allowed_numbers)
            returning xmax = 0""";

    private static final String RULE = """
            insert into rules as r (name, organisation_id, trunk_ids, wildcard, definition, priority)
            values (?, ?::uuid, ?::text[]::uuid[], ?, ?::jsonb, ?)
            on conflict (name) do update set organisation_id = excluded.organisation_id,
                trunk_ids = excluded.trunk_ids, wildcard = excluded.wildcard, definition = excluded.definition,
                priority = excluded.priority
            where (r.organisation_id, r.trunk_ids, r.definition, r.priority)
                is distinct from (excluded.organisation_id, excluded.trunk_ids, excluded.definition, excluded.priority)
            returning xmax = 0""";

    private final Transactions transactions;

    public DirectoryWriter(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * @param by who assigns the numbers, for the record
     * @throws FaultyFileException if the file names what is neither in it nor in Postgres; then nothing is written
     */
    public ApplyReport apply(DirectoryFile file, String by) throws SQLException, FaultyFileException {
        return transactions.<ApplyReport, FaultyFileException>asOwner(
                by,
                connection -> new Run(new Upserts(connection)).apply(file));
    }

    private record Run(Upserts upserts) {

        ApplyReport apply(DirectoryFile file) throws SQLException, FaultyFileException {
            // One writer at a time: two files that name the same items in another order would wait for each other.
            upserts.lock();
            List<Item> items = new ArrayList<>();
            for (var organisation : file.organisations()) {
                items.add(organisation(organisation));
                for (var number : organisation.numbers()) {
                    items.add(number(organisation.name(), number));
                }
            }
            for (var trunk : file.trunks()) {
                items.add(trunk(trunk));
            }
            List<Fault> faults = new ArrayList<>();
            for (int i = 0; i < file.rules().size(); i++) {
                rule(file.rules().get(i), "rules[" + i + "]", faults).ifPresent(items::add);
            }
            if (!faults.isEmpty()) {
                throw new FaultyFileException(faults);
            }
            return new ApplyReport(items);
        }

        private Item organisation(DirectoryFile.OrganisationEntry entry) throws SQLException {
            return new Item("organisation", entry.name(), upserts.run(ORGANISATION, row -> row.text(entry.name())
                    .text(entry.config().toString())
                    .integer(entry.maxConcurrentCalls())
                    .rate(entry.callerRate())));
        }

        private Item number(String organisation, DirectoryFile.NumberEntry entry) throws SQLException {
            return new Item("number", entry.phoneNumber(), upserts.run(NUMBER, row -> row.text(entry.phoneNumber())
                    .bool(entry.active())
                    .text(entry.label())
                    .text(entry.configOverride().toString())
                    .integer(entry.maxConcurrentCalls())
                    .rate(entry.callerRate())
                    .text(organisation)));
        }

        private Item trunk(DirectoryFile.TrunkEntry entry) throws SQLException {
            return new Item("trunk", entry.name(), upserts.run(TRUNK, row -> row.text(entry.name())
                    .texts(entry.addresses())
                    .text(entry.country())
                    .texts(entry.headersToRoom())
                    .texts(entry.numbers())
                    .texts(entry.allowedNumbers())));
        }

        private Optional<Item> rule(DirectoryFile.RuleEntry entry, String path, List<Fault> faults)
                throws SQLException {
            int before = faults.size();
            List<String> trunkIds = new ArrayList<>();
            for (int i = 0; i < entry.trunks().size(); i++) {
                String name = entry.trunks().get(i);
                Optional<String> id = upserts.idOf("trunks", name);
                id.ifPresent(trunkIds::add);
                if (id.isEmpty()) {
                    faults.add(new Fault("%s.trunks[%d]".formatted(path, i), "there is no trunk " + name + ", neither in this file nor before"));
                }
            }
            Optional<String> organisation = Optional.empty();
            if (entry.organisation().isPresent()) {
                organisation = upserts.idOf("organisations", entry.organisation().get());
                if (organisation.isEmpty()) {
                    faults.add(new Fault(path + ".organisation", "there is no organisation " + entry.organisation().get() + ", neither in this file nor before"));
                }
            }
            return faults.size() > before ? Optional.empty() : Optional.of(rule(entry, organisation, trunkIds));
        }

        private Item rule(DirectoryFile.RuleEntry entry, Optional<String> organisation, List<String> trunkIds)
                throws SQLException {
            return new Item("rule", entry.name(), upserts.run(RULE, row -> row.text(entry.name())
                    .text(organisation)
                    .texts(trunkIds)
                    .bool(trunkIds.isEmpty())
                    .text(definition(entry).toString())
                    .integer(entry.priority())));
        }
    }

    private static ObjectNode definition(DirectoryFile.RuleEntry entry) {
        ObjectNode definition = EventJson.MAPPER.createObjectNode();
        definition.set("numbers", EventJson.MAPPER.valueToTree(entry.numbers()));
        definition.set("inbound_numbers", EventJson.MAPPER.valueToTree(entry.inboundNumbers()));
        definition.put("type", entry.room().type());
        definition.put(entry.room() instanceof RoomChoice.Direct ? "room_name" : "room_prefix", entry.room().text());
        definition.set("agents", EventJson.MAPPER.valueToTree(entry.agents()));
        definition.put("metadata", entry.metadata());
        definition.put("answer_policy", entry.answerPolicy().code());
        definition.put("patience_seconds", entry.patienceSeconds());
        return definition;
    }
}
