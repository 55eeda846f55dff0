package dev.trunkline.console.analytics;

import dev.trunkline.console.store.Columns;
import dev.trunkline.console.store.Database;
import dev.trunkline.console.store.OrganisationNames;
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

/** Computes figures from the counts per quarter of an hour, so that a page costs the same however many calls there were. */
public final class Analytics {
    private static final int SHORT_SECONDS = 10;
    /** Up to this many calls, the peak of concurrent calls is computed from the calls themselves. */
    private static final long MOST_FOR_PEAKS = 30_000;
    /** For longer periods the median of a day is that of its UTC day: there would be too many quarters to read while a user waits. */
    private static final Duration LONGEST_BY_QUARTERS = Duration.ofDays(32);
    private static final int WEEK = 7;
    private static final int DAY = 24;

    private final Database database;

    public Analytics(Database database) {
        this.database = database;
    }

    /** The sums of one day. */
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

    AnalyticsPage page(AnalyticsQuestion asked) throws SQLException {
        return database.with(connection -> {
            AnalyticsQuestion question = asked.name().isEmpty() ? asked : asked.named(OrganisationNames.ids(connection, asked.name().get()));
            var totals = new Totals();
            LocalDate last = question.to().minusMillis(1).atZone(question.zone()).toLocalDate();
            question.from().atZone(question.zone()).toLocalDate().datesUntil(last.plusDays(1)).forEach(totals::day);
            quarters(connection, question, totals);
            bins(connection, question, totals);
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

    private static void bins(Connection connection, AnalyticsQuestion question, Totals totals) throws SQLException {
        // Whole UTC days within the range, with quarters before and after.
        LocalDate first = question.begin().minusNanos(1).atZone(ZoneOffset.UTC).toLocalDate().plusDays(1);
        LocalDate last = question.to().atZone(ZoneOffset.UTC).toLocalDate();
        Instant from = first.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant to = last.atStartOfDay(ZoneOffset.UTC).toInstant();
        boolean exact = Duration.between(question.from(), question.to()).compareTo(LONGEST_BY_QUARTERS) <= 0;
        if (exact) {
            quarterBins(connection, question, question.begin(), question.to(), Bins.TALK, totals);
        }
        Bins kinds = exact ? Bins.OTHERS : Bins.ALL;
        if (!from.isBefore(to)) {
            quarterBins(connection, question, question.begin(), question.to(), kinds, totals);
            return;
        }
        quarterBins(connection, question, question.begin(), from, kinds, totals);
        read(connection, question, "call_days", "day", "day", List.of(), List.of(first, last), kinds, totals);
        quarterBins(connection, question, to, question.to(), kinds, totals);
    }

    private static void quarterBins(Connection connection, AnalyticsQuestion question, Instant from, Instant to, Bins kinds, Totals totals)
            throws SQLException {
        if (from.isBefore(to)) {
            read(connection, question, "call_quarters", "quarter", "(quarter at time zone ?)::date", List.of(question.zone().getId()),
                    List.of(from, to), kinds, totals);
        }
    }

    /** Reads per day only what is asked for by day; for the rest one sum each is enough. */
    private static void read(
            Connection connection,
            AnalyticsQuestion question,
            String table,
            String column,
            String day,
            List<Object> zone,
            List<Object> times,
            Bins kinds,
            Totals totals)
            throws SQLException {
        List<Object> values = new ArrayList<>(zone);
        values.addAll(question.valuesOfCounts());
        values.addAll(times);
        values.addAll(List.of(kinds.first(), kinds.end()));
        try (PreparedStatement statement = connection.prepareStatement("""
                select day, key, reason, calls from (
                  select case when bin >> 32 <= %d then %s end as day, (bin >> 32)::int as key, sum(bin & 4294967295)::bigint as calls
                  from %s cross join lateral unnest(bins) bin
                  where %s and %s >= ? and %s < ? and bin >= ?::bigint << 32 and bin < ?::bigint << 32 group by 1, 2) summed
                left join call_reasons on id = key""".formatted(Bins.LAST_OF_TALK, day, table, question.where(), column, column))) {
            Columns.bind(statement, values);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    int key = row.getInt("key");
                    long calls = row.getLong("calls");
                    switch (Bins.Kind.of(key)) {
                        case TALK -> totals.day(row.getObject("day", LocalDate.class)).talk.add(key, calls);
                        case SETUP -> totals.setup.add(key - Bins.SETUP, calls);
                        case QUALITY -> totals.mos.add(key - Bins.QUALITY, calls);
                        case REFUSAL -> totals.refusals.merge(row.getString("reason"), calls, Long::sum);
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
