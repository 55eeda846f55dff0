package dev.trunkline.console.analytics;

import dev.trunkline.console.store.Columns;
import dev.trunkline.console.store.Database;
import dev.trunkline.events.RefusalReason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Figures from the counts that are kept by quarter of an hour, so that a page costs the same however many calls there were. */
public final class Analytics {
    private static final int SHORT_SECONDS = 10;
    /** Up to so many calls the most at once are looked for among the calls themselves. */
    private static final long MOST_FOR_PEAKS = 30_000;
    /** Of a longer time no day has a median: there would be too many bins to be added up while somebody waits. */
    private static final Duration LONGEST_WITH_MEDIANS = Duration.ofDays(93);
    private static final int WEEK = 7;
    private static final int DAY = 24;

    private final Database database;

    public Analytics(Database database) {
        this.database = database;
    }

    /** Sums of a day. */
    private static final class Sums {
        long calls;
        long answered;
        long refused;
        long talkMillis;
        final Histogram talk = new Histogram();

        AnalyticsPage.Day of(LocalDate day) {
            return new AnalyticsPage.Day(
                    day, calls, answered, refused,
                    answered == 0 ? OptionalLong.empty() : OptionalLong.of(talkMillis / answered), talk.millis(0.5));
        }
    }

    private static final class Totals {
        final Map<LocalDate, Sums> days = new TreeMap<>();
        final long[][] hours = new long[WEEK][DAY];
        long shortCalls;
        long belowThree;
        final Histogram setup = new Histogram();
        final Histogram mos = new Histogram();
        final Map<String, Long> refusals = new HashMap<>();

        Sums day(LocalDate day) {
            return days.computeIfAbsent(day, ignored -> new Sums());
        }
    }

    AnalyticsPage page(AnalyticsQuestion question) throws SQLException {
        return database.with(connection -> {
            var totals = new Totals();
            LocalDate last = question.to().minusMillis(1).atZone(question.zone()).toLocalDate();
            question.from().atZone(question.zone()).toLocalDate().datesUntil(last.plusDays(1)).forEach(totals::day);
            quarters(connection, question, totals);
            parts(connection, question, totals);
            long calls = totals.days.values().stream().mapToLong(day -> day.calls).sum();
            long answered = totals.days.values().stream().mapToLong(day -> day.answered).sum();
            return new AnalyticsPage(
                    totals.days.entrySet().stream().map(day -> day.getValue().of(day.getKey())).toList(),
                    totals.hours,
                    calls == 0 ? Optional.empty() : Optional.of((double) answered / calls),
                    new AnalyticsPage.Setup(totals.setup.millis(0.5), totals.setup.millis(0.9)),
                    refusals(totals),
                    new AnalyticsPage.Short(totals.shortCalls, SHORT_SECONDS),
                    calls > MOST_FOR_PEAKS ? List.of() : peaks(connection, question),
                    new AnalyticsPage.Quality(totals.mos.bin(0.5).map(bin -> bin / 10.0), totals.belowThree));
        });
    }

    private static void quarters(Connection connection, AnalyticsQuestion question, Totals totals) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select day::date as day, extract(isodow from day)::int as dow, extract(hour from day)::int as hour,
                       sum(calls) as calls, sum(answered) as answered, sum(refused) as refused, sum(short) as short,
                       sum(talk_millis) as talk, sum(below_three) as below_three
                from (select date_trunc('hour', quarter at time zone ?) as day, * from call_quarters
                      where %s and quarter >= ? and quarter < ?) q
                group by 1, 2, 3""".formatted(question.where()))) {
            List<Object> values = new ArrayList<>(List.of(question.zone().getId()));
            values.addAll(question.valuesOfCounts());
            values.addAll(List.of(question.begin(), question.to()));
            Columns.bind(statement, values);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Sums day = totals.day(row.getObject("day", LocalDate.class));
                    day.calls += row.getLong("calls");
                    day.answered += row.getLong("answered");
                    day.refused += row.getLong("refused");
                    day.talkMillis += row.getLong("talk");
                    totals.hours[row.getInt("dow") - 1][row.getInt("hour")] += row.getLong("calls");
                    totals.shortCalls += row.getLong("short");
                    totals.belowThree += row.getLong("below_three");
                }
            }
        }
    }

    private static void parts(Connection connection, AnalyticsQuestion question, Totals totals) throws SQLException {
        if (Duration.between(question.from(), question.to()).compareTo(LONGEST_WITH_MEDIANS) <= 0) {
            talk(connection, question, totals);
        }
        // Whole days of UTC between two times of quarters.
        LocalDate first = question.begin().minusNanos(1).atZone(ZoneOffset.UTC).toLocalDate().plusDays(1);
        LocalDate last = question.to().atZone(ZoneOffset.UTC).toLocalDate();
        Instant from = first.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant to = last.atStartOfDay(ZoneOffset.UTC).toInstant();
        if (!from.isBefore(to)) {
            quarterParts(connection, question, question.begin(), question.to(), totals);
            return;
        }
        quarterParts(connection, question, question.begin(), from, totals);
        dayParts(connection, question, first, last, totals);
        quarterParts(connection, question, to, question.to(), totals);
    }

    private static void talk(Connection connection, AnalyticsQuestion question, Totals totals) throws SQLException {
        List<Object> values = new ArrayList<>(List.of(question.zone().getId()));
        values.addAll(question.valuesOfCounts());
        values.addAll(List.of(question.begin(), question.to()));
        try (PreparedStatement statement = connection.prepareStatement("""
                select (quarter at time zone ?)::date as day, part, sum(calls) as calls from call_quarter_parts
                where %s and kind = 'talk' and quarter >= ? and quarter < ? group by 1, 2 having sum(calls) > 0""".formatted(question.where()))) {
            Columns.bind(statement, values);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    totals.day(row.getObject("day", LocalDate.class)).talk.add(Integer.parseInt(row.getString("part")), row.getLong("calls"));
                }
            }
        }
    }

    private static void quarterParts(Connection connection, AnalyticsQuestion question, Instant from, Instant to, Totals totals)
            throws SQLException {
        if (from.isBefore(to)) {
            parts(connection, question, "call_quarter_parts", "quarter", List.of(from, to), totals);
        }
    }

    private static void dayParts(Connection connection, AnalyticsQuestion question, LocalDate from, LocalDate to, Totals totals)
            throws SQLException {
        parts(connection, question, "call_day_parts", "day", List.of(from, to), totals);
    }

    private static void parts(
            Connection connection, AnalyticsQuestion question, String table, String column, List<Object> times, Totals totals)
            throws SQLException {
        List<Object> values = new ArrayList<>(question.valuesOfCounts());
        values.addAll(times);
        try (PreparedStatement statement = connection.prepareStatement("""
                select kind, part, sum(calls) as calls from %s
                where %s and kind in ('setup', 'mos', 'refusal') and %s >= ? and %s < ? group by 1, 2 having sum(calls) > 0""".formatted(
                table, question.where(), column, column))) {
            Columns.bind(statement, values);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String part = row.getString("part");
                    long calls = row.getLong("calls");
                    switch (row.getString("kind")) {
                        case "setup" -> totals.setup.add(Integer.parseInt(part), calls);
                        case "mos" -> totals.mos.add(Integer.parseInt(part), calls);
                        default -> totals.refusals.merge(part, calls, Long::sum);
                    }
                }
            }
        }
    }

    private static List<AnalyticsPage.Refusal> refusals(Totals totals) {
        return totals.refusals.entrySet().stream()
                .map(refusal -> new AnalyticsPage.Refusal(refusal.getKey(), sentence(refusal.getKey()), refusal.getValue()))
                .sorted(Comparator.comparing(AnalyticsPage.Refusal::calls).reversed().thenComparing(AnalyticsPage.Refusal::reason))
                .toList();
    }

    private static String sentence(String code) {
        return Arrays.stream(RefusalReason.values())
                .filter(reason -> reason.code().equals(code))
                .map(RefusalReason::sentence)
                .findFirst()
                .orElse(code);
    }

    private static List<AnalyticsPage.Peak> peaks(Connection connection, AnalyticsQuestion question) throws SQLException {
        List<AnalyticsPage.Peak> peaks = new ArrayList<>();
        List<Object> values = new ArrayList<>(question.valuesOfCalls());
        values.add(question.zone().getId());
        try (PreparedStatement statement = connection.prepareStatement("""
                with those as (select received_at, ended_at from calls where %s and received_at >= ? and received_at < ? and outcome <> 'refused' and kind <> 'trial'),
                steps as (select received_at as moment, 1 as step from those union all select ended_at, -1 from those),
                counted as (select moment, sum(step) over (order by moment, step rows unbounded preceding) as calls from steps)
                select (moment at time zone ?)::date as day, max(calls) as most from counted group by 1 order by 1""".formatted(
                question.whereOfCalls()))) {
            Columns.bind(statement, values);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    peaks.add(new AnalyticsPage.Peak(row.getObject("day", LocalDate.class), row.getInt("most")));
                }
            }
        }
        return peaks;
    }
}
