package dev.trunkline.console.service;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.console.Stories;
import dev.trunkline.console.projection.Batches;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.codec.CallEventCodec;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * How fast the console is with many calls. No part of the test run, for it says how fast and not whether it is right:
 * {@code ../mvnw test -Dtest=ManyCalls -Dconsole.many=10000000
 * -Dquarkus.datasource.jdbc.additional-jdbc-properties.socketTimeout=0}. What the calls are like is in {@code many-calls/fill.sql}; with
 * {@code -Dconsole.many=0} and {@code -Dconsole.database=jdbc:…} a database is asked that has them already.
 */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ManyCalls {
    private static final long CALLS = Long.getLong("console.many", 100_000);
    private static final int STORIES = 25_000;
    /** Calls a second, and for how long, in seconds. */
    private static final int RATE = 200;
    private static final int SECONDS = 30;
    private static final int LOOKED_AT = 20;
    private static final int TIMES = 5;

    @TestHTTPResource("/")
    URI root;

    @Inject
    DataSource database;

    @Inject
    Batches batches;

    @Test
    void pagesAndSearches() throws Exception {
        var page = new Browser(root);
        Await.until("the console is ready", () -> page.send("GET", "/q/health/ready", "").status() == 200);
        if (CALLS > 0) {
            fill();
        }
        Browser admin = Browser.of(root, "admin");
        Browser town = Browser.of(root, "town");
        String week = period(7);
        String month = period(30);
        String year = period(360);
        for (String zoned : List.of(week, month, period(90), year)) {
            time("admin, analytics of the suite", admin, "/analytics?" + zoned);
            time("tenant, analytics", town, "/analytics?" + zoned);
            time("admin, analytics of a number", admin, "/analytics?number=%2B32255500042&" + zoned);
            time("admin, analytics of an agent", admin, "/analytics?agent=agent-3&" + zoned);
            time("admin, analytics of a trunk", admin, "/analytics?trunk=trunk-2&" + zoned);
        }
        for (String given : List.of(week, year)) {
            String times = given.replaceAll("&zone=.*", "").replaceAll("(\\d{4}-\\d\\d-\\d\\d)", "$1T00:00:00Z");
            time("admin, history", admin, "/history?" + times);
            time("tenant, history", town, "/history?" + times);
            time("admin, refused", admin, "/history?outcome=refused&" + times);
            time("admin, one reason", admin, "/history?reason=no-agent&" + times);
            time("admin, one trunk", admin, "/history?trunk=trunk-2&" + times);
            time("admin, outbound", admin, "/history?direction=outbound&" + times);
            time("admin, one organisation", admin, "/history?organisation=org-42&" + times);
            time("admin, search a part of a number", admin, "/history?search=5500042&" + times);
            time("admin, search an agent", admin, "/history?search=AGENT-3&" + times);
            time("admin, search what there is not", admin, "/history?search=nobody-has-this&" + times);
            time("admin, search a pseudonym", admin, "/history?search=c4ca4238&" + times);
            time("tenant, search a room", town, "/history?search=room-4711&" + times);
        }
        time("alarms", admin, "/alarms");
        sizes();
        projection();
        try (var suite = new CallEventPublisher(Surroundings.KAFKA, "many")) {
            lag(suite);
            rebuild(suite, admin);
        }
    }

    private static String period(int days) {
        java.time.LocalDate today = java.time.LocalDate.now(java.time.ZoneOffset.UTC);
        return "from=" + today.minusDays(days) + "&to=" + today + "&zone=Europe/Brussels";
    }

    private static void time(String what, Browser browser, String path) throws Exception {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            long begin = System.nanoTime();
            Browser.Answer answer = browser.get(path);
            millis.add((System.nanoTime() - begin) / 1_000_000);
            if (answer.status() != 200) {
                throw new AssertionError(path + ": " + answer.status() + " " + answer.body());
            }
        }
        say("%-40s first %5d ms, median of %d %5d ms   %s", what, millis.getFirst(), TIMES, millis.stream().sorted().toList().get(TIMES / 2), path);
    }

    private static List<Envelope> answered(int calls, Random random, Instant last) {
        List<Envelope> events = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            events.addAll(answered(random, last.minusSeconds(calls - i), i).events());
        }
        return events;
    }

    private static Stories answered(Random random, Instant begun, int number) {
        boolean even = number % 2 == 0;
        byte[] pseudonym = new byte[32];
        random.nextBytes(pseudonym);
        return Stories.of(
                new CallId(new UUID(random.nextLong(), random.nextLong())),
                new OrganisationRef(even ? Surroundings.TOWN : Surroundings.CITY, even ? "town" : "city"), begun,
                HexFormat.of().formatHex(pseudonym)).answered(Duration.ofSeconds(random.nextInt(300)));
    }

    /** Through the way of every event, from the moment that it was read. */
    private void projection() {
        List<Envelope> events = answered(STORIES, new Random(1), Instant.now());
        long begin = System.nanoTime();
        CompletableFuture.allOf(events.stream().map(event -> batches.handle(event).toCompletableFuture()).toArray(CompletableFuture[]::new)).join();
        double seconds = (System.nanoTime() - begin) / 1e9;
        say("projection: %d events of %d calls in %.1f s, %.0f calls a second", events.size(), STORIES, seconds, STORIES / seconds);
    }

    /** From a call's last event, said on Kafka, to its row. */
    private void lag(CallEventPublisher suite) throws Exception {
        var random = new Random(2);
        List<Long> millis = new CopyOnWriteArrayList<>();
        List<Thread> watching = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < RATE * SECONDS; i++) {
            Thread.sleep(Duration.ofNanos(Math.max(0, begin + i * 1_000_000_000L / RATE - System.nanoTime())));
            Stories story = answered(random, Instant.now(), i);
            story.events().forEach(event -> suite.send(CallEventCodec.encode(event)));
            if (i % (RATE * SECONDS / LOOKED_AT) == 0) {
                watching.add(Thread.ofPlatform().start(() -> millis.add(until(story.call()))));
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        for (Thread one : watching) {
            one.join();
        }
        List<Long> sorted = millis.stream().sorted().toList();
        say("lag at %.0f calls a second for %.0f s: median %d ms, longest %d ms of %d looked at; %d events wait", RATE * SECONDS / seconds, seconds,
                sorted.get(sorted.size() / 2), sorted.getLast(), sorted.size(), batches.waiting());
    }

    private long until(CallId call) {
        long begin = System.nanoTime();
        while (true) {
            try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select from calls where call_id = '" + call + "'")) {
                if (row.next()) {
                    return (System.nanoTime() - begin) / 1_000_000;
                }
                Thread.sleep(10);
            } catch (java.sql.SQLException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void rebuild(CallEventPublisher suite, Browser admin) throws Exception {
        List<Envelope> events = answered(STORIES, new Random(3), Instant.now());
        CompletableFuture.allOf(events.stream().map(event -> suite.send(CallEventCodec.encode(event)).toCompletableFuture())
                .toArray(CompletableFuture[]::new)).join();
        Stories last = answered(new Random(4), Instant.now(), 0);
        last.events().forEach(event -> suite.send(CallEventCodec.encode(event)));
        until(last.call());
        long calls = STORIES + (long) RATE * SECONDS;
        long begin = System.nanoTime();
        if (admin.post("/projection/rebuild", "").status() != 202) {
            throw new AssertionError("no rebuild was begun");
        }
        while (!admin.get("/projection").json().path("rebuild").path("phase").asText().equals("done")) {
            Thread.sleep(100);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        say("rebuild: %d calls from Kafka in %.1f s, %.0f calls a second", calls, seconds, calls / seconds);
    }

    private void fill() throws Exception {
        long begin = System.nanoTime();
        try (var file = ManyCalls.class.getResourceAsStream("/many-calls/fill.sql");
                Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("FIRST_ORGANISATION", Surroundings.TOWN).replace("CALLS", Long.toString(CALLS)));
            say("filled with %,d calls in %.0f s, counts and indexes with them", CALLS, (System.nanoTime() - begin) / 1e9);
            statement.execute("vacuum analyze");
        }
    }

    private void sizes() throws Exception {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select relname, pg_size_pretty(pg_total_relation_size(oid)) as size, reltuples::bigint as rows"
                        + " from pg_class where relname in ('calls', 'call_events', 'call_quarters', 'call_days')")) {
            while (row.next()) {
                say("%-20s %10s  %,d rows", row.getString(1), row.getString(2), row.getLong(3));
            }
        }
    }

    private static void say(String form, Object... values) {
        System.out.println("many calls: " + form.formatted(values));
    }
}
