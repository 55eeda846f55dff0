package dev.trunkline.console.many;

import dev.trunkline.console.many.GeneratedCalls.Call;
import dev.trunkline.console.many.GeneratedCalls.Outcome;
import dev.trunkline.console.many.Tally.Cell;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Fills the tables of the projection with generated calls, and with their counts as the trigger would have written them. Rows are written
 * by COPY, the three tables in parallel, and indexes are created once the rows are there. A fill that was stopped continues where it was:
 * with rows of all tables, or with the next index. Events of the calls are not written.
 */
public final class Filling {
    private static final String[] REASONS = {"no-agent", "number-busy", "caller-rate", "no-rule"};
    private static final String TABLES = "('calls'::regclass, 'call_quarters'::regclass, 'call_days'::regclass)";
    private static final String ROWS = "rows";
    private static final int WORKERS = 2;
    private static final int QUARTERS_SAID = GeneratedCalls.QUARTERS / 20;

    private final PGSimpleDataSource database;
    private final GeneratedCalls calls;
    private final Names names;
    private final Consumer<String> say;

    /** @param database connections of its owner @param say receives progress messages */
    public Filling(PGSimpleDataSource database, GeneratedCalls calls, Names names, Consumer<String> say) {
        this.database = database;
        this.calls = calls;
        this.names = names;
        this.say = say;
    }

    public void fill() throws Exception {
        if (!begun()) {
            begin();
        }
        if (left(ROWS)) {
            int[] reasons = known();
            atOnce(List.of(
                    () -> table("calls", this::writeCalls),
                    () -> table("call_quarters", connection -> writeQuarters(connection, new Tally(names, reasons))),
                    () -> table("call_days", connection -> writeDays(connection, new Tally(names, reasons)))));
            done(ROWS);
        }
        indexes();
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("analyze");
            statement.execute("drop table filling");
        }
        say.accept("filled");
    }

    /**
     * Returns whether a fill was begun. The table {@code filling} lists what remains: first the rows, then each index, the largest first.
     */
    private boolean begun() throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select to_regclass('filling') is not null")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private void begin() throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("create table filling (place int generated always as identity, todo text not null)");
            statement.execute("insert into filling (todo) values ('" + ROWS + "')");
            statement.execute("insert into filling (todo) select indexdef from pg_indexes where tablename in ('calls', 'call_quarters', 'call_days')"
                    + " and indexname not like '%_pkey' order by indexname <> 'calls_by_organisation_and_words', tablename <> 'call_quarters', indexname");
            statement.execute("insert into filling (todo) select format('alter table %s add constraint %I %s', conrelid::regclass, conname,"
                    + " pg_get_constraintdef(oid)) from pg_constraint where contype = 'p' and conrelid in " + TABLES);
            statement.execute("do $$ declare one text; begin"
                    + " for one in select format('alter table %s drop constraint %I', conrelid::regclass, conname) from pg_constraint"
                    + "   where contype = 'p' and conrelid in " + TABLES
                    + " union all select format('drop index %I', indexname) from pg_indexes where tablename in ('calls', 'call_quarters', 'call_days')"
                    + "   and indexname not like '%_pkey'"
                    + " loop execute one; end loop; end $$");
            connection.commit();
        }
    }

    /** Writes organisations and reasons, which have rows of their own. @return the ids of the reasons */
    private int[] known() throws SQLException {
        int[] ids = new int[REASONS.length];
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            for (int i = 0; i < REASONS.length; i++) {
                statement.execute("insert into call_reasons (reason) values ('%s') on conflict do nothing".formatted(REASONS[i]));
                try (ResultSet row = statement.executeQuery("select id from call_reasons where reason = '%s'".formatted(REASONS[i]))) {
                    row.next();
                    ids[i] = row.getInt(1);
                }
            }
            for (int o = 0; o <= GeneratedCalls.ORGANISATIONS; o++) {
                statement.execute("insert into organisation_names values ('%s', '%s') on conflict do nothing"
                        .formatted(names.organisation(o), names.organisationId(o)));
            }
        }
        return ids;
    }

    @FunctionalInterface
    private interface Writing {
        void to(Connection connection) throws SQLException;
    }

    /** Empties and fills a table in one transaction, which needs no log for what it writes if {@code wal_level} is minimal. */
    private Void table(String table, Writing writing) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("alter table %s disable trigger user".formatted(table));
            statement.execute("truncate " + table);
            writing.to(connection);
            statement.execute("alter table %s enable trigger user".formatted(table));
            connection.commit();
        }
        return null;
    }

    private void writeCalls(Connection connection) throws SQLException {
        byte[][] callers = new byte[GeneratedCalls.CALLERS][];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = Names.pseudonym(i).getBytes(StandardCharsets.UTF_8);
        }
        var rows = new CopyRows(connection, "calls", "call_id, told_at, told_id, direction, organisation_id, organisation, number, called, caller,"
                + " trunk, rule, room, agent, received_at, answered_at, ended_at, setup_millis, talk_millis, outcome, reason, reason_text, status, mos");
        quarters("calls", rows, call -> write(rows, call, callers), quarter -> {});
    }

    private void write(CopyRows rows, Call call, byte[][] callers) throws SQLException {
        boolean answered = call.outcome() == Outcome.ANSWERED;
        boolean refused = call.outcome() == Outcome.REFUSED;
        long answeredAt = call.receivedMicros() + call.setupMillis() * 1_000;
        long endedAt = answered ? answeredAt + call.talkMillis() * 1_000 : answeredAt;
        int organisation = names.organisationOf(call.number());
        rows.row();
        rows.id(call.id());
        rows.time(endedAt);
        rows.id(new UUID(call.id().getLeastSignificantBits(), call.id().getMostSignificantBits()));
        rows.text(call.outbound() ? "outbound" : "inbound");
        rows.text(names.organisationId(organisation));
        rows.text(names.organisation(organisation));
        rows.text(names.number(call.number()));
        rows.text(names.number(call.number()));
        rows.field(callers[call.caller()]);
        rows.text(names.trunk(call.trunk()));
        rows.text("rule-" + call.number() % 20);
        rows.text("room-" + rows.rows());
        rows.text(names.agent(call.number(), call.early()));
        rows.time(call.receivedMicros());
        if (answered) {
            rows.time(answeredAt);
        } else {
            rows.none();
        }
        rows.time(endedAt);
        if (answered) {
            rows.eight(call.setupMillis());
        } else {
            rows.none();
        }
        rows.eight(answered ? call.talkMillis() : 0);
        rows.text(answered ? "answered" : refused ? "refused" : "unanswered");
        rows.text(answered ? "caller-hung-up" : refused ? REASONS[call.reason()] : "cancelled");
        rows.text("A sentence.");
        if (refused) {
            rows.four(480);
        } else {
            rows.none();
        }
        if (answered) {
            // Within its tenth, so that it rounds to that tenth.
            rows.real(call.mosTenths() / 10.0 + 0.01);
        } else {
            rows.none();
        }
    }

    private void writeQuarters(Connection connection, Tally tally) throws SQLException {
        var rows = new CopyRows(connection, "call_quarters", "dimension, organisation_id, value, quarter, calls, answered, refused, short,"
                + " talk_millis, below_three, bins");
        quarters("call_quarters", rows, tally::add, quarter -> {
            List<Cell> cells = tally.taken();
            for (Cell cell : cells) {
                named(rows, cell);
                rows.time(calls.beginMicros(quarter));
                rows.eight(cell.calls);
                rows.eight(cell.answered);
                rows.eight(cell.refused);
                rows.eight(cell.shortCalls);
                rows.eight(cell.talkMillis);
                rows.eight(cell.belowThree);
                rows.eights(cell.bins());
            }
            Tally.clear(cells);
        });
    }

    private void writeDays(Connection connection, Tally tally) throws SQLException {
        var rows = new CopyRows(connection, "call_days", "dimension, organisation_id, value, day, bins");
        long epoch = LocalDate.of(2000, 1, 1).toEpochDay();
        quarters("call_days", rows, tally::add, quarter -> {
            if ((quarter + 1) % GeneratedCalls.QUARTERS_A_DAY == 0) {
                List<Cell> cells = tally.taken();
                for (Cell cell : cells) {
                    long[] bins = cell.bins();
                    // Calls that were given up have no bins.
                    if (bins.length > 0) {
                        named(rows, cell);
                        rows.four(Math.floorDiv(calls.beginMicros(quarter), 86_400_000_000L) - epoch);
                        rows.eights(bins);
                    }
                }
                Tally.clear(cells);
            }
        });
    }

    private static void named(CopyRows rows, Cell cell) throws SQLException {
        rows.row();
        rows.text(cell.dimension);
        rows.text(cell.organisationId);
        rows.text(cell.value);
    }

    @FunctionalInterface
    private interface Each<T> {
        void take(T one) throws SQLException;
    }

    private void quarters(String table, CopyRows rows, Each<Call> call, Each<Integer> end) throws SQLException {
        List<Call> some = new ArrayList<>();
        for (int quarter = 0; quarter < GeneratedCalls.QUARTERS; quarter++) {
            calls.quarter(quarter, some::add);
            for (Call one : some) {
                call.take(one);
            }
            some.clear();
            end.take(quarter);
            if ((quarter + 1) % QUARTERS_SAID == 0) {
                say.accept("%s: %,d rows, %d %%".formatted(table, rows.rows(), 100L * (quarter + 1) / GeneratedCalls.QUARTERS));
            }
        }
        rows.end();
    }

    private void indexes() throws Exception {
        var todo = new ConcurrentLinkedQueue<String>();
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select todo from filling order by place")) {
            while (row.next()) {
                todo.add(row.getString(1));
            }
        }
        var left = new AtomicLong(todo.size());
        Callable<Void> worker = () -> {
            for (String one = todo.poll(); one != null; one = todo.poll()) {
                long begin = System.nanoTime();
                try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
                    statement.execute("set maintenance_work_mem = '1GB'");
                    // Another index is being built in parallel.
                    statement.execute("set max_parallel_maintenance_workers = 0");
                    statement.execute(one);
                }
                done(one);
                say.accept("%s: %.0f s; %d indexes are left".formatted(one.replaceAll(" (ON|add|USING).*", ""), (System.nanoTime() - begin) / 1e9,
                        left.decrementAndGet()));
            }
            return null;
        };
        atOnce(Collections.nCopies(WORKERS, worker));
    }

    private boolean left(String todo) throws SQLException {
        try (Connection connection = database.getConnection(); var statement = connection.prepareStatement("select from filling where todo = ?")) {
            statement.setString(1, todo);
            return statement.executeQuery().next();
        }
    }

    private void done(String todo) throws SQLException {
        try (Connection connection = database.getConnection(); var statement = connection.prepareStatement("delete from filling where todo = ?")) {
            statement.setString(1, todo);
            statement.executeUpdate();
        }
    }

    private static void atOnce(List<Callable<Void>> works) throws Exception {
        try (var threads = Executors.newFixedThreadPool(works.size())) {
            for (Future<Void> work : threads.invokeAll(works)) {
                work.get();
            }
        }
    }

    /**
     * Returns how many rows of counts differ from those that the trigger's function computes for the same calls. Everything that it writes
     * is rolled back.
     */
    public long different() throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("create temp table kept_quarters on commit drop as select * from call_quarters");
            statement.execute("create temp table kept_days on commit drop as select * from call_days");
            statement.execute("truncate call_quarters, call_days");
            statement.execute("select count_calls(1, array_agg(c)) from calls c group by (received_at at time zone 'UTC')::date");
            long different = 0;
            for (String table : List.of("quarters", "days")) {
                try (ResultSet row = statement.executeQuery("""
                        select (select count(*) from (select * from kept_%1$s except all select * from call_%1$s) a)
                          + (select count(*) from (select * from call_%1$s except all select * from kept_%1$s) b)""".formatted(table))) {
                    row.next();
                    different += row.getLong(1);
                }
            }
            connection.rollback();
            return different;
        }
    }
}
