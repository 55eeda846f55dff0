package dev.trunkline.console.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.console.Stories;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What programs may do with their keys, and who creates keys. */
@QuarkusTest
class KeysServiceTest extends WithConsole {
    @Test
    void aKeyHasTheRightsOfItsRoleUntilItIsRevokedAndIsShownOnce() throws Exception {
        Stories story = call(TOWN, Instant.now()).answered(Duration.ofSeconds(20));
        say(story.events());
        Browser town = as("town");
        awaitCall(town, story);
        JsonNode made = town.post("/keys", "{\"name\": \"Reports\", \"role\": \"desk\", \"days\": 30}").json();
        String key = made.path("key").asText();
        Browser program = Browser.withKey(root, key);
        open.add(program);
        assertThat(key).startsWith("tlk_").hasSizeGreaterThan(40);
        assertThat(program.get("/history?search=" + story.call()).json().path("calls")).hasSize(1);
        assertThat(program.get("/live").status()).isEqualTo(200);
        assertThat(program.get("/analytics").status()).as("a desk sees no figures").isEqualTo(403);
        assertThat(program.post("/calls/" + story.call() + "/notes", "{\"text\": \"Seen.\"}").status()).as("without a CSRF token").isEqualTo(201);
        assertThat(program.get("/calls/" + story.call()).json().path("notes").get(0).path("by").asText()).isEqualTo("key Reports");

        JsonNode listed = find(town.get("/keys").json(), made.path("shown").path("id").asText());
        assertThat(listed.path("beginning").asText()).isEqualTo(key.substring(0, 10));
        assertThat(listed.path("madeBy").asText()).isEqualTo("town");
        assertThat(listed.has("usedAt")).isTrue();
        assertThat(town.get("/keys").body()).doesNotContain(key);
        assertThat(column("select string_agg(k::text, ' ') from api_keys k")).doesNotContain(key.substring(10));

        String path = "/api/v1/keys/" + listed.path("id").asText();
        assertThat(as("city").send("DELETE", path, "").status()).as("of another organisation").isEqualTo(404);
        assertThat(as("city").get("/keys").body()).doesNotContain(listed.path("id").asText());
        assertThat(as("support").get("/keys").status()).isEqualTo(403);
        assertThat(as("desk").post("/keys", "{\"name\": \"x\", \"role\": \"desk\"}").status()).isEqualTo(403);
        Browser tenants = withKey("town", "tenant");
        assertThat(tenants.post("/keys", "{\"name\": \"x\", \"role\": \"tenant\"}").status()).as("a key makes no key").isEqualTo(403);
        assertThat(tenants.send("DELETE", path, "").status()).isEqualTo(403);

        assertThat(town.send("DELETE", path, "").status()).isEqualTo(204);
        assertThat(program.get("/live").status()).isEqualTo(401);
        JsonNode revoked = find(as("admin").get("/keys").json(), listed.path("id").asText());
        assertThat(revoked.path("revokedBy").asText()).isEqualTo("town");
        assertThat(Browser.withKey(root, "tlk_guessed").get("/live").status()).isEqualTo(401);
    }

    private static JsonNode find(JsonNode keys, String id) {
        return keys.path("keys").findParents("id").stream().filter(key -> key.path("id").asText().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void nobodyMakesAKeyThatMayMoreThanTheyMay() throws Exception {
        Browser town = as("town");
        Browser admin = as("admin");
        assertThat(town.post("/keys", "{\"name\": \"x\", \"role\": \"admin\"}").status()).isEqualTo(403);
        assertThat(town.post("/keys", "{\"name\": \"x\", \"role\": \"tenant\", \"organisation\": \"city\"}").status()).isEqualTo(403);
        for (String body : List.of("", "{}", "{\"name\": \"x\"}", "{\"name\": \" \", \"role\": \"desk\"}", "{\"name\": \"x\", \"role\": \"king\"}",
                "{\"name\": \"x\", \"role\": \"support\", \"days\": 0}", "{\"name\": \"x\", \"role\": \"tenant\"}",
                "{\"name\": \"x\", \"role\": \"admin\", \"organisation\": \"town\"}")) {
            assertThat(admin.post("/keys", body).status()).as(body).isEqualTo(400);
        }
        JsonNode made = admin.post("/keys", "{\"name\": \"x\", \"role\": \"tenant\", \"organisation\": \"town\"}").json();
        assertThat(made.path("shown").path("organisation").asText()).isEqualTo("town");
        Browser program = Browser.withKey(root, made.path("key").asText());
        open.add(program);
        assertThat(program.get("/trunks").status()).isEqualTo(403);
        assertThat(program.get("/numbers").status()).isEqualTo(200);
        assertThat(Surroundings.ASKED).anyMatch(request -> request.equals("GET /numbers town"));
    }

    @Test
    void aKeyThatAsksTooOftenIsToldToWait() throws Exception {
        Browser program = withKey("town", "support");
        Browser.Answer answer = program.get("/live");
        for (int i = 0; i < 100 * Surroundings.KEY_REQUESTS && answer.status() != 429; i++) {
            answer = program.get("/live");
        }
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(withKey("town", "support").get("/live").status()).as("another key").isEqualTo(200);
    }
}
