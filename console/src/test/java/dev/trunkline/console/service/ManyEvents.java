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
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
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
 * Measures how fast events become rows: the lag at 200 calls a second, the projection, and a rebuild from Kafka. Not part of the test
 * run: {@code ../mvnw test -Dtest=ManyEvents}, with {@code -Dconsole.stories=125000} for that many calls of eight events each, and with
 * {@code -Dconsole.database=jdbc:…} to run it in addition to the calls that {@code ManyCallsFill} has written.
 */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ManyEvents {
    private static final int STORIES = Integer.getInteger("console.stories", 25_000);
    /** Number of calls published at a time, so that not all of them are in memory. */
    private static final int SAID = 5_000;
    /** Calls per second, and for how many seconds. */
    private static final int RATE = 200;
    private static final int SECONDS = Integer.getInteger("console.seconds", 60);
    private static final int LOOKED_AT = 60;

    @TestHTTPResource("/")
    URI root;

    @Inject
    DataSource database;

    @Inject
    Batches batches;

    @Test
    void eventsBecomeRows() throws Exception {
        var page = new Browser(root);
        Await.until("the console is ready", () -> page.send("GET", "/q/health/ready", "").status() == 200);
        try (var suite = new CallEventPublisher(Surroundings.KAFKA, "many")) {
            lag(suite);
            int events = projection(suite);
            rebuild(Browser.of(root, "admin"), events);
        }
    }

    private static List<Envelope> answered(int calls, Random random, Instant last) {
        List<Envelope> events = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            events.addAll(answered(random, last.minusMillis(100L * (calls - i)), i).events());
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

    /** Measures the time from a call's last event on Kafka to its row. */
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
            } catch (SQLException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** @return number of events published */
    private int projection(CallEventPublisher suite) {
        var random = new Random(3);
        int events = 0;
        long begin = System.nanoTime();
        for (int said = 0; said < STORIES; said += SAID) {
            List<Envelope> some = answered(Math.min(SAID, STORIES - said), random, Instant.now());
            CompletableFuture.allOf(some.stream().map(event -> suite.send(CallEventCodec.encode(event)).toCompletableFuture())
                    .toArray(CompletableFuture[]::new)).join();
            events += some.size();
        }
        say("said on Kafka: %,d events of %,d calls in %.1f s", events, STORIES, (System.nanoTime() - begin) / 1e9);
        // The last event of each partition is among the last few.
        Stories last = answered(new Random(4), Instant.now(), 0);
        last.events().forEach(event -> suite.send(CallEventCodec.encode(event)));
        until(last.call());
        double seconds = (System.nanoTime() - begin) / 1e9;
        say("projection: %,d events of %,d calls said and written in %.1f s, %.0f calls a second", events, STORIES, seconds, STORIES / seconds);
        return events;
    }

    private void rebuild(Browser admin, int events) throws Exception {
        long calls = STORIES + (long) RATE * SECONDS;
        long begin = System.nanoTime();
        if (admin.post("/projection/rebuild", "").status() != 202) {
            throw new AssertionError("no rebuild was begun");
        }
        String phase = "";
        while (!phase.equals("done")) {
            Thread.sleep(100);
            String now = admin.get("/projection").json().path("rebuild").path("phase").asText();
            if (!now.equals(phase)) {
                phase = now;
                say("rebuild, %.1f s: %s", (System.nanoTime() - begin) / 1e9, phase);
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        say("rebuild: %,d calls (%,d events and those of the lag) from Kafka in %.1f s, %.0f calls a second", calls, events, seconds, calls / seconds);
    }

    private static void say(String form, Object... values) {
        System.out.println("many calls: " + form.formatted(values));
    }
}
