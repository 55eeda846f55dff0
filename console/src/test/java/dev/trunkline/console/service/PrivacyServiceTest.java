package dev.trunkline.console.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.console.Stories;
import dev.trunkline.console.history.Retention;
import dev.trunkline.console.store.Database;
import dev.trunkline.events.CallId;
import dev.trunkline.events.privacy.Pseudonyms;
import dev.trunkline.events.privacy.SuiteKeys;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Data that is erased: of callers who request it, and of calls that are too old. */
@QuarkusTest
class PrivacyServiceTest extends WithConsole {
    @Inject
    Retention retention;

    @Test
    void aCallerWhoWantsToBeForgottenIsAndStaysSo() throws Exception {
        String pseudonym = "abcdef0123456789".repeat(4);
        Stories story = Stories.of(new CallId(UUID.randomUUID()), TOWN, Instant.now().minusSeconds(60), pseudonym).answered(Duration.ofSeconds(2));
        say(story.events());
        Browser admin = as("admin");
        awaitCall(admin, story);
        assertThat(as("desk").send("DELETE", "/api/v1/callers", "{\"pseudonym\": \"" + pseudonym + "\"}").status()).isEqualTo(403);
        assertThat(as("city").send("DELETE", "/api/v1/callers", "{\"pseudonym\": \"" + pseudonym + "\"}").json().path("erasedCalls").asInt()).isZero();
        assertThat(as("city").send("DELETE", "/api/v1/callers", "{\"call\": \"" + story.call() + "\"}").status()).isEqualTo(404);
        assertThat(admin.get("/calls/" + story.call()).json().path("caller").asText()).isEqualTo("abcdef01");
        JsonNode receipt = admin.send("DELETE", "/api/v1/callers", "{\"pseudonym\": \"" + pseudonym + "\"}").json();
        assertThat(receipt.path("erasedCalls").asInt()).isEqualTo(1);
        assertThat(receipt.path("events").asInt()).isPositive();
        assertThat(admin.get("/callers/erased").body()).contains(receipt.path("id").asText()).doesNotContain(pseudonym.substring(0, 8));
        assertThat(as("city").get("/callers/erased").body()).doesNotContain(receipt.path("id").asText());
        assertThat(admin.get("/calls/" + story.call()).json().path("caller").asText()).isEqualTo("erased");
        rebuild(admin);
        assertThat(admin.get("/calls/" + story.call()).json().path("caller").asText()).isEqualTo("erased");
        assertThat(admin.get("/calls/" + story.call() + "/trace").status()).isEqualTo(404);
    }

    @Test
    void aTenantErasesACallerByACallOfTheirsFromItsOwnCallsAlone() throws Exception {
        String number = "+32470123987";
        String pseudonym = new Pseudonyms(SuiteKeys.parse("pseudonym", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")).ofNumber(number).pseudonym();
        Instant at = Instant.now().minusSeconds(90);
        Stories ours = Stories.of(new CallId(UUID.randomUUID()), TOWN, at, pseudonym).answered(Duration.ofSeconds(2));
        Stories again = Stories.of(new CallId(UUID.randomUUID()), TOWN, at, pseudonym).answered(Duration.ofSeconds(2));
        Stories theirs = Stories.of(new CallId(UUID.randomUUID()), CITY, at, pseudonym).answered(Duration.ofSeconds(2));
        Browser admin = as("admin");
        for (Stories story : List.of(ours, again, theirs)) {
            say(story.events());
            awaitCall(admin, story);
        }
        Browser town = as("town");
        JsonNode receipt = town.send("DELETE", "/api/v1/callers", "{\"call\": \"" + ours.call() + "\"}").json();
        assertThat(receipt.path("erasedCalls").asInt()).isEqualTo(2);
        assertThat(receipt.path("organisation").asText()).isEqualTo("town");
        assertThat(town.get("/callers/erased").json().get(0).path("id")).isEqualTo(receipt.path("id"));
        rebuild(admin);
        assertThat(town.get("/calls/" + again.call()).json().path("caller").asText()).isEqualTo("erased");
        assertThat(admin.get("/calls/" + theirs.call()).json().path("caller").asText()).as("of another organisation").isEqualTo(pseudonym.substring(0, 8));
        assertThat(as("city").send("DELETE", "/api/v1/callers", "{\"number\": \"" + number + "\"}").json().path("erasedCalls").asInt()).isEqualTo(1);
        assertThat(countsFollowCalls()).isTrue();
    }

    @Test
    void callsGoWhenTheirOrganisationKeepsThemNoLongerAndComeBackByNoRebuild() throws Exception {
        Instant old = Instant.now().minus(Duration.ofDays(40));
        Stories ours = call(TOWN, old).answered(Duration.ofSeconds(20));
        Stories recent = call(TOWN, Instant.now().minus(Duration.ofDays(20))).answered(Duration.ofSeconds(20));
        Stories theirs = call(CITY, old).answered(Duration.ofSeconds(20));
        Browser admin = as("admin");
        Browser town = as("town");
        for (Stories story : List.of(ours, recent, theirs)) {
            say(story.events());
            awaitCall(admin, story);
        }
        town.post("/calls/" + ours.call() + "/notes", "{\"text\": \"Of an old call.\"}");
        assertThat(as("desk").send("PATCH", "/api/v1/retention", "{\"days\": 30}").status()).isEqualTo(403);
        assertThat(town.send("PATCH", "/api/v1/retention", "{\"organisation\": \"city\", \"days\": 30}").status()).isEqualTo(403);
        assertThat(town.send("PATCH", "/api/v1/retention", "{\"days\": 0}").status()).isEqualTo(400);
        try {
            JsonNode kept = town.send("PATCH", "/api/v1/retention", "{\"days\": 30}").json();
            assertThat(kept.path("organisations").get(0).path("days").asInt()).isEqualTo(30);
            assertThat(kept.path("organisations").get(0).path("setBy").asText()).isEqualTo("town");
            assertThat(as("city").get("/retention").json().path("organisations")).isEmpty();

            // The console sweeps too and may have been faster.
            retention.sweep(Instant.now());
            assertThat(town.get("/calls/" + ours.call()).status()).isEqualTo(404);
            rebuild(admin);
            retention.sweep(Instant.now());
            assertThat(town.get("/calls/" + ours.call()).status()).isEqualTo(404);
            assertThat(town.get("/calls/" + ours.call() + "/trace").status()).isEqualTo(404);
            assertThat(column("select count(*) from notes where call_id = '" + ours.call() + "'")).isEqualTo("0");
            assertThat(town.get("/calls/" + recent.call()).status()).isEqualTo(200);
            assertThat(admin.get("/calls/" + theirs.call()).status()).as("of an organisation that keeps them").isEqualTo(200);
            assertThat(countsFollowCalls()).isTrue();
        } finally {
            town.send("PATCH", "/api/v1/retention", "{}");
        }
        assertThat(town.get("/retention").json().path("organisations")).isEmpty();
    }

    /** Calls are kept for the default time, also those that belong to nobody. */
    @Test
    void whoeverSaysNothingKeepsCallsAsLongAsIsUsual() throws Exception {
        Stories last = call(TOWN, Instant.parse("1999-05-05T10:00:00Z")).answered(Duration.ofSeconds(20));
        Browser town = as("town");
        say(last.events());
        awaitCall(town, last);
        var usual = new Retention(new Database(database), Optional.of(Duration.ofDays(9_000)));
        assertThat(usual.sweep(Instant.now())).isEqualTo(1);
        assertThat(town.get("/calls/" + last.call()).status()).isEqualTo(404);
        assertThat(countsFollowCalls()).isTrue();
    }
}
