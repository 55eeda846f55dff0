package dev.trunkline.console.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.console.Stories;
import dev.trunkline.events.CallId;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.codec.CallEventCodec;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The database becomes unavailable during ongoing calls. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class WithoutPostgresTest {
    @TestHTTPResource("/")
    URI root;

    Surroundings surroundings;

    @Test
    void healthSaysSoAndWhatHappenedMeanwhileIsThereAfterwards() throws Exception {
        var story = Stories.of(new CallId(UUID.randomUUID()), new OrganisationRef(Surroundings.TOWN, "town"), Instant.now(), "ab".repeat(32))
                .answered(Duration.ofSeconds(4));
        try (var page = new Browser(root); var suite = new CallEventPublisher(Surroundings.KAFKA, "suite")) {
            Await.until("it is ready", () -> page.send("GET", "/q/health/ready", "").status() == 200);
            surroundings.stopPostgres();
            try {
                Await.until("health says so", () -> page.send("GET", "/q/health/ready", "").body().contains("DOES NOT ANSWER"));
                assertThat(page.send("GET", "/q/health/live", "").status()).isEqualTo(200);
                assertThat(page.signIn("admin", Surroundings.PASSWORD).status()).isEqualTo(503);
                story.events().forEach(event -> suite.send(CallEventCodec.encode(event)).toCompletableFuture().join());
            } finally {
                surroundings.startPostgres();
            }
            Await.until("it is ready again", () -> page.send("GET", "/q/health/ready", "").status() == 200);
            try (Browser admin = Browser.of(root, "admin")) {
                Await.until("the call is there", () -> admin.get("/calls/" + story.call()).status() == 200);
            }
        }
    }
}
