package dev.trunkline.router.numbers;

import dev.trunkline.router.directory.AnnouncementChoice;
import dev.trunkline.router.problem.Refused;
import dev.trunkline.router.rules.AnnouncementForm;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Changes numbers on a connection. The database itself records who had a number when, and by whom it was changed. */
final class NumberWriter {
    private static final String INSERT = """
            insert into numbers (phone_number, organisation_id, label, active, config_override, max_concurrent_calls,
                announcement, caller_rate_calls, caller_rate_window_seconds)
            values (?, ?, ?, ?, ?::jsonb, ?, ?::jsonb, ?, ?)
            on conflict (phone_number) do nothing""";

    private final Connection connection;

    NumberWriter(Connection connection) {
        this.connection = connection;
    }

    void add(List<NewNumber> numbers) throws SQLException {
        List<String> there = new ArrayList<>();
        for (NewNumber number : numbers) {
            Optional<UUID> organisation = Optional.empty();
            if (number.organisation().isPresent()) {
                organisation = Optional.of(organisation(number.organisation().get()));
            }
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                int next = bind(statement, 1, List.of(
                        number.phoneNumber(), organisation, number.label(), number.active(),
                        number.configOverride().toString(), number.maxConcurrentCalls(), written(number.announcement())));
                bind(statement, next, rate(number.callerRate()));
                if (statement.executeUpdate() == 0) {
                    there.add(number.phoneNumber());
                }
            }
        }
        if (!there.isEmpty()) {
            throw Refused.conflict("%s already in the directory: nothing was added. Change or assign what is there.".formatted(
                    String.join(", ", there) + (there.size() == 1 ? " is" : " are")));
        }
    }

    /** @return false if there is no such number, or it is not the tenant's */
    boolean change(String phoneNumber, NumberChange change) throws SQLException {
        List<String> columns = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        change.label().ifPresent(label -> set(columns, values, "label = ?", label));
        change.active().ifPresent(active -> set(columns, values, "active = ?", active));
        change.configOverride().ifPresent(config -> set(columns, values, "config_override = ?::jsonb", config.toString()));
        change.ownConcurrentCalls().ifPresent(calls -> set(columns, values, "own_concurrent_calls = ?", calls));
        change.ownCallerRate().ifPresent(rate -> {
            columns.add("own_rate_calls = ?, own_rate_window_seconds = ?");
            values.addAll(rate(rate));
        });
        change.maxConcurrentCalls().ifPresent(calls -> set(columns, values, "max_concurrent_calls = ?", calls));
        change.callerRate().ifPresent(rate -> {
            columns.add("caller_rate_calls = ?, caller_rate_window_seconds = ?");
            values.addAll(rate(rate));
        });
        change.agentInstance().ifPresent(name -> set(
                columns, values,
                "agent_instance_id = (select a.id from agent_instances a"
                        + " where a.organisation_id = numbers.organisation_id and a.name = ?)",
                name));
        change.announcement().ifPresent(choice -> set(columns, values, "announcement = ?::jsonb", written(choice)));
        if (columns.isEmpty()) {
            return true;
        }
        values.add(phoneNumber);
        return update("update numbers set " + String.join(", ", columns) + " where phone_number = ?", values);
    }

    /** Assigns an idle number to an organisation unchanged: only administrators can have set its fields. */
    void give(String phoneNumber, String organisation) throws SQLException {
        update(
                "update numbers set organisation_id = ? where phone_number = ?",
                List.of(organisation(organisation), phoneNumber));
    }

    /**
     * Takes a number from its organisation. It is reset to a new one, because its label and configuration may be none
     * of the next organisation's business; only what administrators grant stays.
     *
     * @param organisation the organisation that gets it; empty to leave it idle
     */
    void move(String phoneNumber, Optional<String> organisation) throws SQLException {
        Optional<UUID> id = Optional.empty();
        if (organisation.isPresent()) {
            id = Optional.of(organisation(organisation.get()));
        }
        update(
                "update numbers set organisation_id = ?, label = '', active = true, config_override = '{}',"
                        + " agent_instance_id = null, announcement = null where phone_number = ?",
                List.of(id, phoneNumber));
    }

    /** @return false if there is no such number */
    boolean remove(String phoneNumber) throws SQLException {
        return update("delete from numbers where phone_number = ?", List.of(phoneNumber));
    }

    /** Makes others who want to change the number wait until this transaction is over. */
    void lock(String phoneNumber) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select 1 from numbers where phone_number = ? for update")) {
            statement.setString(1, phoneNumber);
            statement.executeQuery().close();
        }
    }

    private UUID organisation(String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select id from organisations where name = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    return row.getObject(1, UUID.class);
                }
            }
        }
        throw Refused.malformed("There is no organisation " + name + ": create it first.");
    }

    private boolean update(String sql, List<Object> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, 1, values);
            return statement.executeUpdate() > 0;
        }
    }

    private static void set(List<String> columns, List<Object> values, String column, Object value) {
        columns.add(column);
        values.add(value);
    }

    private static List<Object> rate(Optional<NumberView.Rate> rate) {
        return List.of(rate.map(NumberView.Rate::calls), rate.map(NumberView.Rate::windowSeconds));
    }

    private static Optional<String> written(Optional<AnnouncementChoice> choice) {
        return choice.map(said -> AnnouncementForm.write(said).toString());
    }

    /** An empty Optional is null in Postgres. @return the position after the last value */
    private static int bind(PreparedStatement statement, int first, List<Object> values) throws SQLException {
        int next = first;
        for (Object value : values) {
            switch (value) {
                case OptionalInt optional -> statement.setObject(
                        next, optional.isPresent() ? optional.getAsInt() : null, java.sql.Types.INTEGER);
                case Optional<?> optional -> statement.setObject(next, optional.orElse(null));
                default -> statement.setObject(next, value);
            }
            next++;
        }
        return next;
    }
}
