package dev.trunkline.console.service;

import dev.trunkline.console.many.Filling;
import dev.trunkline.console.many.GeneratedCalls;
import dev.trunkline.console.many.Names;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Measures how long the console takes for pages of figures and for searches among many calls, over HTTP. Not part of the test run,
 * because it measures speed and not correctness: {@code ../mvnw test -Dtest=ManyCalls}, with {@code -Dconsole.many=100000} for another
 * number of calls. With {@code -Dconsole.many=0} and {@code -Dconsole.database=jdbc:…} it queries a database that {@code ManyCallsFill}
 * has filled.
 */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ManyCalls {
    private static final long CALLS = Long.getLong("console.many", 100_000);
    /** Up to this many calls, the trigger's function counts them again to check the generated counts. */
    private static final long CHECKED = 200_000;
    private static final int TIMES = 7;
    private static final int FIGURES_MILLIS = 300;
    private static final int HISTORY_MILLIS = 500;

    @TestHTTPResource("/")
    URI root;

    @Inject
    DataSource database;

    private final List<String> over = new ArrayList<>();

    @Test
    void pagesAndSearches() throws Exception {
        var page = new Browser(root);
        Await.until("the console is ready", () -> page.send("GET", "/q/health/ready", "").status() == 200);
        if (CALLS > 0) {
            fill();
        }
        Browser admin = Browser.of(root, "admin");
        Browser town = Browser.of(root, "town");
        for (int days : new int[] {1, 7, 30, 90, 360}) {
            figures(admin, town, period(days));
        }
        history(admin, town);
        time("alarms", HISTORY_MILLIS, admin, "/alarms");
        export(admin);
        sizes();
        say("over %d ms (figures) or %d ms (history): %s", FIGURES_MILLIS, HISTORY_MILLIS, over.isEmpty() ? "none" : String.join("; ", over));
    }

    private void figures(Browser admin, Browser town, String period) throws Exception {
        time("figures of the suite", FIGURES_MILLIS, admin, "/analytics?" + period);
        time("of an organisation, its own", FIGURES_MILLIS, town, "/analytics?" + period);
        time("of a number of its own", FIGURES_MILLIS, town, "/analytics?number=%2B32255500000&" + period);
        time("of an agent of its own", FIGURES_MILLIS, town, "/analytics?agent=agent-0&" + period);
        time("of a trunk, its own calls", FIGURES_MILLIS, town, "/analytics?trunk=trunk-2&" + period);
        time("of an organisation", FIGURES_MILLIS, admin, "/analytics?organisation=org-42&" + period);
        time("of a small organisation", FIGURES_MILLIS, admin, "/analytics?organisation=org-small&" + period);
        time("of a number", FIGURES_MILLIS, admin, "/analytics?number=%2B32255500042&" + period);
        time("of an agent", FIGURES_MILLIS, admin, "/analytics?agent=agent-3&" + period);
        time("of an agent of long ago", FIGURES_MILLIS, admin, "/analytics?agent=" + GeneratedCalls.EARLY_AGENT + "&" + period);
        time("of a trunk", FIGURES_MILLIS, admin, "/analytics?trunk=trunk-2&" + period);
    }

    private void history(Browser admin, Browser town) throws Exception {
        String pseudonym = Names.pseudonym(4711).substring(0, 8);
        List<String> filters = List.of(
                "", "outcome=refused", "reason=no-agent", "reason=no-agent&outcome=refused&trunk=trunk-2", "trunk=trunk-2&outcome=unanswered",
                "direction=outbound", "trial=only", "number=%2B32255500042", "agent=agent-3", "agent=" + GeneratedCalls.EARLY_AGENT,
                "organisation=org-42", "organisation=org-42&reason=no-rule", "organisation=" + GeneratedCalls.SMALL_ORGANISATION,
                "organisation=nobody", "reason=nothing-has-this", "search=" + pseudonym, "search=" + Names.pseudonym(4711), "search=32255500042",
                "search=5500042", "search=AGENT-3", "search=" + GeneratedCalls.EARLY_AGENT, "search=room-4711", "search=rule-7", "search=no-agent",
                "search=nobody-has-this", "search=255", "search=rule-7&outcome=refused&organisation=org-42",
                "search=" + GeneratedCalls.EARLY_AGENT + "&outcome=refused");
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        List<String> times = List.of(
                "", "&from=%sT00:00:00Z&to=%sT00:00:00Z".formatted(today.minusDays(7), today),
                "&from=%sT00:00:00Z&to=%sT00:00:00Z".formatted(today.minusDays(200), today.minusDays(170)), "&after=" + after(today.minusDays(180)));
        for (String filter : filters) {
            for (String given : times) {
                time("history", HISTORY_MILLIS, admin, "/history?" + filter + given);
                if (!filter.contains("organisation") && given.length() != times.get(1).length()) {
                    time("history of an organisation", HISTORY_MILLIS, town, "/history?" + filter + given);
                }
            }
        }
    }

    /** A page deep in the calls starts at its key, as the second page does. */
    private static String after(LocalDate day) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(
                (day + "T12:00:00Z 00000000-0000-0000-0000-000000000000").getBytes(StandardCharsets.UTF_8));
    }

    private static String period(int days) {
        LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        return "from=" + yesterday.minusDays(days - 1) + "&to=" + yesterday + "&zone=Europe/Brussels";
    }

    private void time(String what, int bound, Browser browser, String path) throws Exception {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            long begin = System.nanoTime();
            Browser.Answer answer = browser.get(path);
            millis.add((System.nanoTime() - begin) / 1_000_000);
            if (answer.status() != 200) {
                throw new AssertionError(path + ": " + answer.status() + " " + answer.body());
            }
        }
        List<Long> sorted = millis.stream().sorted().toList();
        say("%-30s p50 %5d ms, worst %5d ms (first %5d)  %s", what, sorted.get(TIMES / 2), sorted.getLast(), millis.getFirst(), path);
        if (sorted.getLast() > bound) {
            over.add("%s %s p50 %d worst %d".formatted(what, path, sorted.get(TIMES / 2), sorted.getLast()));
        }
    }

    private void export(Browser admin) throws Exception {
        // An export of very many calls would not fit into the memory of a test.
        String since = CALLS > 0 ? "" : "&from=%sT00:00:00Z".formatted(LocalDate.now(ZoneOffset.UTC).minusDays(7));
        for (String format : List.of("csv", "jsonl")) {
            long begin = System.nanoTime();
            Browser.Answer file = admin.get("/history/export?format=" + format + since);
            double seconds = (System.nanoTime() - begin) / 1e9;
            long lines = file.body().lines().count();
            say("export as %s: %,d lines in %.1f s, %,.0f a second", format, lines, seconds, lines / seconds);
        }
    }

    private void fill() throws Exception {
        var owned = new PGSimpleDataSource();
        owned.setUrl(ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class));
        owned.setUser(ConfigProvider.getConfig().getValue("quarkus.datasource.username", String.class));
        owned.setPassword(ConfigProvider.getConfig().getOptionalValue("quarkus.datasource.password", String.class).orElse(""));
        long begin = System.nanoTime();
        var filling = new Filling(owned, GeneratedCalls.untilToday(CALLS, Instant.now()), new Names(Surroundings.TOWN),
                text -> say("%.0f s: %s", (System.nanoTime() - begin) / 1e9, text));
        filling.fill();
        if (CALLS <= CHECKED) {
            long different = filling.different();
            say("rows of counts that the trigger would have made otherwise: %d", different);
            if (different > 0) {
                throw new AssertionError("the generated counts are wrong");
            }
        }
    }

    private void sizes() throws Exception {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select relname, pg_size_pretty(pg_table_size(oid)) as size, pg_size_pretty(pg_indexes_size(oid)),"
                        + " reltuples::bigint as rows from pg_class where relname in ('calls', 'call_events', 'call_quarters', 'call_days')")) {
            while (row.next()) {
                say("%-20s %10s, indexes %10s, %,d rows", row.getString(1), row.getString(2), row.getString(3), row.getLong(4));
            }
        }
    }

    private static void say(String form, Object... values) {
        System.out.println("many calls: " + form.formatted(values));
    }
}
