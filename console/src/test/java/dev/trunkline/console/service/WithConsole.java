package dev.trunkline.console.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.console.Stories;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The whole service between a real Kafka and a real Postgres, with clients. */
@QuarkusTestResource(Surroundings.class)
abstract class WithConsole {
    static final OrganisationRef TOWN = new OrganisationRef(Surroundings.TOWN, "town");
    static final OrganisationRef CITY = new OrganisationRef(Surroundings.CITY, "city");
    static final String PSEUDONYM = "d14b5bc82fc769e3".repeat(4);

    static CallEventPublisher suite;

    @TestHTTPResource("/")
    URI root;

    @Inject
    DataSource database;

    final List<Browser> open = new ArrayList<>();

    @BeforeAll
    static void suite() {
        suite = new CallEventPublisher(Surroundings.KAFKA, "suite");
    }

    @AfterAll
    static void end() {
        suite.close();
    }

    @BeforeEach
    void ready() throws Exception {
        var page = new Browser(root);
        open.add(page);
        Await.until("the console is ready", () -> page.send("GET", "/q/health/ready", "").status() == 200);
    }

    @AfterEach
    void close() {
        open.forEach(Browser::close);
    }
    Browser as(String user) throws Exception {
        Browser browser = Browser.of(root, user);
        open.add(browser);
        return browser;
    }

    /** Returns a program with a key that this user has created. */
    Browser withKey(String user, String role) throws Exception {
        Browser.Answer made = as(user).post("/keys", "{\"name\": \"of the tests\", \"role\": \"" + role + "\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        Browser program = Browser.withKey(root, made.json().path("key").asText());
        open.add(program);
        return program;
    }

    static Stories call(OrganisationRef whose, Instant begun) {
        return Stories.of(new CallId(UUID.randomUUID()), whose, begun, PSEUDONYM);
    }

    static void say(List<Envelope> events) {
        events.forEach(event -> suite.send(CallEventCodec.encode(event)).toCompletableFuture().join());
    }

    static void live(Stories story) throws Exception {
        suite.send(new ProducerRecord<>(Topics.LIVE_CALLS, story.call().toString(), EventJson.MAPPER.writeValueAsBytes(story.live())))
                .toCompletableFuture().join();
    }

    static void tombstone(Stories story) {
        suite.send(new ProducerRecord<>(Topics.LIVE_CALLS, story.call().toString(), null)).toCompletableFuture().join();
    }
    void awaitCall(Browser browser, Stories story) throws Exception {
        Await.until("the call is in history", () -> browser.get("/calls/" + story.call()).status() == 200);
    }

    static void rebuild(Browser admin) throws Exception {
        Await.until("none is under way", () -> admin.post("/projection/rebuild", "").status() == 202);
        Await.until("it is made again", () -> admin.get("/projection").json().path("rebuild").path("phase").asText().equals("done"));
    }
    boolean countsFollowCalls() throws Exception {
        try (Connection connection = database.getConnection(); ResultSet row = connection.createStatement().executeQuery(
                "select (select coalesce(sum(calls), 0) from call_quarters where dimension = 'suite') = (select count(*) from calls where kind <> 'trial')"
                        + " and (select coalesce(sum(bin & 4294967295), 0) from call_days, unnest(bins) bin where dimension = 'suite' and bin >> 32 >= 1000)"
                        + " = (select count(*) from calls where kind <> 'trial' and outcome = 'refused')")) {
            row.next();
            return row.getBoolean(1);
        }
    }
    String column(String query) throws Exception {
        try (Connection connection = database.getConnection(); ResultSet row = connection.createStatement().executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
