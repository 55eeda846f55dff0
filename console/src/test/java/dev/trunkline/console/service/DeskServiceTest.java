package dev.trunkline.console.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.console.Stories;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentWanted;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.codec.EventJson;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that people answer in the browser, and who gets them. */
@QuarkusTest
class DeskServiceTest extends WithConsole {
    private final List<Stories> begun = new ArrayList<>();

    @AfterEach
    void tombstones() {
        begun.forEach(WithConsole::tombstone);
    }

    private Stories rings(OrganisationRef whose) throws Exception {
        return rings(call(whose, Instant.now()).atDesk());
    }

    private Stories rings(Stories story) throws Exception {
        begun.add(story);
        say(story.events());
        live(story);
        Browser admin = as("admin");
        Await.until("the call waits", () -> shown(admin, story).isObject());
        return story;
    }

    private static String take(Stories story) {
        return "/desk/calls/" + story.call() + "/take";
    }

    private static Browser.Answer letGo(Browser browser, Stories story) throws Exception {
        return browser.send("DELETE", "/api/v1" + take(story), "");
    }

    private static JsonNode shown(Browser browser, Stories story) throws Exception {
        // Kafka may be slow.
        Await.until("Kafka is read", () -> browser.get("/desk").status() != 503);
        for (JsonNode call : browser.get("/desk").json().path("calls")) {
            if (call.path("callId").asText().equals(story.call().toString())) {
                return call;
            }
        }
        return EventJson.MAPPER.missingNode();
    }

    private static JsonNode claims(Browser.Answer ticket) throws Exception {
        String token = ticket.json().path("token").asText();
        return EventJson.MAPPER.readTree(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8));
    }

    @Test
    void aCallThatWaitsIsTakenByOneAndTheOtherIsToldWhoHasIt() throws Exception {
        Stories story = rings(TOWN);
        Browser anna = as("anna");
        Browser desk = as("desk");
        JsonNode waits = shown(anna, story);
        assertThat(anna.get("/desk").json().path("on").asBoolean()).isTrue();
        assertThat(waits.path("state").asText()).isEqualTo("ringing");
        assertThat(waits.path("caller").asText()).isEqualTo(PSEUDONYM.substring(0, 8));
        assertThat(waits.path("number").asText()).isEqualTo(Stories.NUMBER);
        assertThat(waits.has("takenBy")).isFalse();

        Browser.Answer taken = anna.post(take(story), "");
        assertThat(taken.status()).as(taken.body()).isEqualTo(200);
        assertThat(taken.header("Cache-Control")).contains("no-store");
        assertThat(taken.json().path("url").asText()).isEqualTo(Surroundings.LIVEKIT);
        JsonNode claims = claims(taken);
        assertThat(claims.path("sub").asText()).isEqualTo("desk-anna");
        assertThat(claims.path("video").path("room").asText()).isEqualTo("support_room");

        Browser.Answer late = desk.post(take(story), "");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.json().path("detail").asText()).isEqualTo("anna has this call.");
        assertThat(as("admin").post(take(story), "").status()).as("an admin who comes second").isEqualTo(409);
        assertThat(shown(desk, story).path("takenBy").asText()).isEqualTo("anna");
        assertThat(shown(desk, story).path("mine").asBoolean()).isFalse();
        assertThat(shown(anna, story).path("mine").asBoolean()).isTrue();

        assertThat(anna.post(take(story), "").status()).as("a page that was lost").isEqualTo(200);
        say(story.joins("desk-anna", 2_000));
        Await.until("it waits no more", () -> shown(desk, story).isMissingNode());
        Await.until("who has it comes back to it", () -> shown(anna, story).path("state").asText().equals("up"));
        assertThat(anna.post(take(story), "").status()).isEqualTo(200);
        assertThat(desk.post(take(story), "").status()).isEqualTo(409);
    }

    @Test
    void whereTheRuleLeadsToAnAgentTheCallerCanBeGivenBackToIt() throws Exception {
        Stories without = rings(TOWN);
        Stories with = rings(call(TOWN, Instant.now()).withAgentAfterAll().atDesk());
        Browser anna = as("anna");
        assertThat(shown(anna, without).path("leadsToAgents").asBoolean(true)).isFalse();
        assertThat(shown(anna, with).path("leadsToAgents").asBoolean()).isTrue();

        assertThat(anna.post(take(with), "").status()).isEqualTo(200);
        say(with.joins("desk-anna", 2_000));
        say(with.relaySays(10_000, new AgentWanted(with.call(), "desk-anna", Optional.empty(), Optional.of(with.route()))));
        say(with.relaySays(12_000, new AgentJoined(with.call(), "helper", "PA_9", "agent", 12_000)));
        assertThat(letGo(anna, with).status()).isEqualTo(204);
        Await.until("the agent has it, and nobody waits", () -> shown(anna, with).isMissingNode());
        Browser late = as("desk");
        Await.until("who is late reads who has it", () -> {
            Browser.Answer answer = late.post(take(with), "");
            assertThat(answer.status()).isEqualTo(409);
            return answer.json().path("detail").asText().contains("helper");
        });
        String path = "/calls/" + with.call() + "/trace";
        Await.until("the trace tells it", () -> anna.get(path).body().contains("desk-anna wants to give the caller back to the agent"));
        assertThat(anna.get(path).body()).contains("helper (agent) answers").doesNotContain(Stories.SEALED);
    }

    @Test
    void ofManyWhoPressAtOnceOneGetsIt() throws Exception {
        Stories story = rings(TOWN);
        List<Browser> people = List.of(as("anna"), as("desk"), as("town"), as("admin"));
        var go = new CountDownLatch(1);
        List<Integer> answers = new CopyOnWriteArrayList<>();
        List<Thread> pressing = people.stream().map(person -> Thread.ofVirtual().start(() -> {
            try {
                go.await();
                answers.add(person.post(take(story), "").status());
            } catch (Exception e) {
                answers.add(0);
            }
        })).toList();
        go.countDown();
        for (Thread one : pressing) {
            one.join();
        }
        assertThat(answers).containsExactlyInAnyOrder(200, 409, 409, 409);
    }

    @Test
    void aCallThatIsLetGoIsAnybodys() throws Exception {
        Stories story = rings(TOWN);
        Browser anna = as("anna");
        Browser desk = as("desk");
        assertThat(anna.post(take(story), "").status()).isEqualTo(200);
        assertThat(letGo(desk, story).status()).as("of somebody else").isEqualTo(404);
        assertThat(letGo(anna, story).status()).isEqualTo(204);
        assertThat(letGo(anna, story).status()).isEqualTo(404);
        assertThat(desk.post(take(story), "").status()).isEqualTo(200);
        assertThat(anna.post(take(story), "").status()).isEqualTo(409);
    }

    @Test
    void whoeverDoesNotComeLosesItToTheNext() throws Exception {
        Stories story = rings(TOWN);
        assertThat(as("anna").post(take(story), "").status()).isEqualTo(200);
        assertThat(as("desk").post(take(story), "").status()).isEqualTo(409);
        try (var connection = database.getConnection()) {
            connection.createStatement().executeUpdate("update desk_takes set taken_at = taken_at - interval '30 s'");
        }
        Browser desk = as("desk");
        Await.until("the board is of this moment, and the next gets it", () -> desk.post(take(story), "").status() == 200);
    }

    @Test
    void aCallThatSomethingElseInTheRoomAnsweredIsNotTaken() throws Exception {
        Stories story = rings(TOWN);
        Browser anna = as("anna");
        say(story.joins("the-app", 2_000));
        Await.until("it waits no more", () -> shown(anna, story).isMissingNode());
        Browser.Answer answer = anna.post(take(story), "");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("detail").asText()).contains("the-app");
        say(story.leaves("the-app", 4_000));
        Await.until("it waits again", () -> shown(anna, story).isObject());
        assertThat(anna.post(take(story), "").status()).isEqualTo(200);
    }

    @Test
    void aCallWhoseCallerWasHandedOverIsNotTaken() throws Exception {
        Stories story = rings(TOWN);
        Browser anna = as("anna");
        assertThat(anna.post(take(story), "").status()).isEqualTo(200);
        say(story.joins("desk-anna", 2_000));
        say(story.handedOver(4_000));
        say(story.leaves("desk-anna", 4_100));
        assertThat(letGo(anna, story).status()).isEqualTo(204);
        Browser desk = as("desk");
        Await.until("nobody may take it", () -> desk.post(take(story), "").json().path("detail").asText().contains("handed over"));
        assertThat(shown(desk, story).isMissingNode()).isTrue();
    }

    @Test
    void supportAndKeysTakeNothingAndAnotherOrganisationsCallIsNone() throws Exception {
        Stories theirs = rings(CITY);
        Stories ours = rings(TOWN);
        Browser support = as("support");
        assertThat(shown(support, ours).isObject()).isTrue();
        assertThat(support.post(take(ours), "").status()).isEqualTo(403);
        assertThat(letGo(support, ours).status()).isEqualTo(403);
        assertThat(withKey("town", "desk").post(take(ours), "").status()).isEqualTo(403);
        assertThat(as("city").post(take(theirs), "").status()).isEqualTo(200);
        for (String user : List.of("anna", "town")) {
            Browser browser = as(user);
            assertThat(browser.get("/desk").body()).as(user).contains(ours.call().toString()).doesNotContain(theirs.call().toString());
            assertThat(browser.post(take(theirs), "").status()).as(user).isEqualTo(404);
            assertThat(letGo(browser, theirs).status()).as(user).isEqualTo(404);
            assertThat(browser.post("/calls/" + theirs.call() + "/notes", "{\"text\": \"x\"}").status()).as(user).isEqualTo(404);
        }
        assertThat(as("city").post(take(ours), "").status()).isEqualTo(404);
        Browser anna = as("anna");
        for (String id : List.of(new CallId(UUID.randomUUID()).toString(), "none", "00000000-0000-0000-0000-00000000000g")) {
            assertThat(anna.post("/desk/calls/" + id + "/take", "").status()).as(id).isEqualTo(404);
        }
    }

    @Test
    void anAdminAndATenantListenInToCallsThatWereAnsweredAndNobodyElseDoes() throws Exception {
        Stories ours = call(TOWN, Instant.now()).up();
        Stories ringing = rings(TOWN);
        begun.add(ours);
        say(ours.events());
        live(ours);
        Browser town = as("town");
        Await.until("the call is up", () -> town.get("/live").body().contains(ours.call().toString()));
        for (String how : List.of("listen", "whisper")) {
            String path = "/desk/calls/" + ours.call() + "/" + how;
            Await.until("it is known that it was answered", () -> town.post(path, "").status() != 409);
            Browser.Answer answer = town.post(path, "");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).contains("no-store");
            JsonNode claims = claims(answer);
            assertThat(claims.path("sub").asText()).isEqualTo("supervisor-town");
            assertThat(claims.path("video").path("hidden").asBoolean()).isEqualTo(how.equals("listen"));
            assertThat(claims.path("video").path("canPublish").asBoolean()).isEqualTo(how.equals("whisper"));
            assertThat(as("admin").post(path, "").status()).isEqualTo(200);
            assertThat(as("city").post(path, "").status()).isEqualTo(404);
            assertThat(as("anna").post(path, "").status()).as("a desk").isEqualTo(403);
            assertThat(as("support").post(path, "").status()).isEqualTo(403);
            assertThat(withKey("town", "tenant").post(path, "").status()).isEqualTo(403);
            assertThat(town.post("/desk/calls/" + ringing.call() + "/" + how, "").status()).as("one that rings").isEqualTo(409);
            assertThat(town.post("/desk/calls/none/" + how, "").status()).isEqualTo(404);
        }
    }

    @Test
    void aCallOfAgentsIsNotAtTheDesk() throws Exception {
        Stories story = call(TOWN, Instant.now()).up();
        begun.add(story);
        say(story.events());
        live(story);
        Browser anna = as("anna");
        Await.until("the call is up", () -> anna.get("/live").body().contains(story.call().toString()));
        assertThat(shown(anna, story).isMissingNode()).isTrue();
        assertThat(anna.post(take(story), "").status()).isEqualTo(404);
    }

    @Test
    void aNoteIsWrittenWhileOneTalksAndIsInTheHistoryAfterwards() throws Exception {
        Stories story = call(TOWN, Instant.now()).answered(Duration.ofSeconds(20));
        List<Envelope> events = story.events();
        say(events.subList(0, events.size() - 1));
        live(story);
        begun.add(story);
        Browser anna = as("anna");
        Await.until("the call is up", () -> anna.get("/live").body().contains(story.call().toString()));
        assertThat(anna.post("/calls/" + story.call() + "/notes", "{\"text\": \"Wants bread.\"}").status()).isEqualTo(201);
        say(List.of(events.getLast()));
        awaitCall(anna, story);
        assertThat(anna.get("/calls/" + story.call()).json().path("notes").get(0).path("text").asText()).isEqualTo("Wants bread.");
    }
}
