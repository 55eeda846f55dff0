package dev.trunkline.console.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.console.Stories;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallMessage;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventJson;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** The whole service between a real Kafka and a real Postgres. */
@QuarkusTest
class ConsoleServiceTest extends WithConsole {
    @Test
    void aCallThatIsOverIsInHistoryWithItsTraceAndItsNotes() throws Exception {
        Stories story = call(TOWN, Instant.now()).answered(Duration.ofSeconds(20));
        say(story.events());
        Browser town = as("town");
        awaitCall(town, story);

        JsonNode page = town.get("/history?number=%2B3225550100&outcome=answered&search=" + story.call()).json();
        assertThat(page.path("calls")).hasSize(1);
        JsonNode call = page.path("calls").get(0);
        assertThat(call.path("caller").asText()).isEqualTo("d14b5bc8");
        assertThat(call.path("reason").asText()).isEqualTo("caller-hung-up");
        assertThat(call.path("reasonText").asText()).isEqualTo("The caller hung up.");
        assertThat(call.path("talkMillis").asLong()).isEqualTo(20_000);
        assertThat(call.path("agent").asText()).isEqualTo("helper");

        assertThat(town.post("/calls/" + story.call() + "/notes", "{\"text\": \"Calls back on Monday.\"}").status()).isEqualTo(201);
        JsonNode detail = town.get("/calls/" + story.call()).json();
        assertThat(detail.path("notes").get(0).path("text").asText()).isEqualTo("Calls back on Monday.");
        assertThat(detail.path("notes").get(0).path("by").asText()).isEqualTo("town");
        assertThat(detail.path("quality").path("mos").asDouble()).isEqualTo(4.4);

        JsonNode trace = town.get("/calls/" + story.call() + "/trace").json();
        assertThat(trace.path("sentence").asText()).startsWith("Answered, talked for 20.0 s.");
        assertThat(trace.path("steps").get(0).path("text").asText()).startsWith("INVITE from 203.0.113.7:5060 on trunk pbx");
        assertThat(trace.path("routing")).hasSize(2);
        assertThat(trace.path("steps")).hasSize(8);
    }

    @Test
    void aHoldInTheRoomIsOnTheBoardAndInTheTrace() throws Exception {
        Stories story = call(TOWN, Instant.now()).up();
        say(story.events());
        live(story);
        Browser town = as("town");
        say(story.relaySays(20_000, new CallHeld(story.call(), Optional.of("helper"))));
        Await.until("it is held", () -> onBoard(town, story).path("state").asText().equals("held"));
        assertThat(onBoard(town, story).path("heldBy").asText()).isEqualTo("helper");
        say(story.relaySays(24_500, new CallResumed(story.call(), Optional.of("helper"), Optional.of("helper took the caller back"))));
        Await.until("it is held no more", () -> onBoard(town, story).path("state").asText().equals("up"));
        assertThat(onBoard(town, story).has("heldBy")).isFalse();
        String path = "/calls/" + story.call() + "/trace";
        Await.until("its trace has it", () -> town.get(path).json().path("held").path("byRoomMillis").asLong() == 4_500);
        JsonNode trace = town.get(path).json();
        assertThat(trace.path("held").path("byPhoneMillis").asLong()).isZero();
        assertThat(trace.path("steps").findValuesAsText("text")).contains(
                "the caller is held by helper and hears the waiting sound",
                "the caller is held no more after 4.5 s: helper took the caller back");
        tombstone(story);
    }

    private static JsonNode onBoard(Browser browser, Stories story) throws Exception {
        for (JsonNode call : browser.get("/live").json().path("calls")) {
            if (call.path("callId").asText().equals(story.call().toString())) {
                return call;
            }
        }
        return EventJson.MAPPER.missingNode();
    }

    @Test
    void nothingThatIsSealedOrAWholePseudonymIsInAPageNorWhatIsSealedInTheTables() throws Exception {
        Stories story = call(TOWN, Instant.now()).answered(Duration.ofSeconds(20));
        say(story.events());
        Browser admin = as("admin");
        awaitCall(admin, story);
        for (String path : List.of("/history", "/history/export?format=csv", "/history/export?format=jsonl", "/calls/" + story.call(),
                "/calls/" + story.call() + "/trace", "/live", "/analytics", "/alarms")) {
            assertThat(admin.get(path).body()).as(path).doesNotContain(Stories.SEALED).doesNotContain(PSEUDONYM);
        }
        try (Connection connection = database.getConnection();
                ResultSet row = connection.createStatement().executeQuery("select count(*) from call_events where data::text like '%"
                        + Stories.SEALED + "%' or data::text like '%" + PSEUDONYM + "%'")) {
            row.next();
            assertThat(row.getInt(1)).isZero();
        }
    }

    @Test
    void whoeverEditsAnIdFindsNothingOfAnotherOrganisation() throws Exception {
        Stories theirs = call(CITY, Instant.now()).answered(Duration.ofSeconds(5));
        Stories up = call(CITY, Instant.now()).up();
        say(theirs.events());
        say(up.events());
        live(up);
        Browser city = as("city");
        awaitCall(city, theirs);
        Await.until("the live call is there", () -> city.get("/live").body().contains(up.call().toString()));
        for (String user : List.of("town", "desk", "support", "a key of a tenant", "a key of a desk", "a key of support")) {
            Browser browser = user.startsWith("a key of ") ? withKey("town", user.replaceAll(".* ", "")) : as(user);
            for (String path : List.of("/calls/" + theirs.call(), "/calls/" + theirs.call() + "/trace", "/calls/" + up.call() + "/trace")) {
                assertThat(browser.get(path).status()).as(user + " " + path).isEqualTo(404);
            }
            for (String path : List.of(
                    "/history?search=" + theirs.call(), "/history?organisation=city", "/live", "/live?organisation=city",
                    "/live?number=%2B3225550100")) {
                assertThat(browser.get(path).body()).as(user + " " + path)
                        .doesNotContain(theirs.call().toString()).doesNotContain(up.call().toString()).doesNotContain("city");
            }
            if (!user.endsWith("support")) {
                for (String path : List.of("/calls/" + up.call() + "/end", "/calls/" + theirs.call() + "/notes", "/calls/" + up.call() + "/transfer")) {
                    assertThat(browser.post(path, "{\"text\": \"x\", \"to\": \"+3225550199\"}").status()).as(user + " " + path).isEqualTo(404);
                }
            }
            if (!user.endsWith("desk")) {
                assertThat(browser.get("/history/export?format=jsonl&organisation=city").body()).isEmpty();
                JsonNode figures = browser.get("/analytics?organisation=city").json();
                assertThat(figures.path("answerRate").isMissingNode()).as(user).isTrue();
            }
        }
        assertThat(Surroundings.ASKED).noneMatch(request -> request.startsWith("POST /calls/"));
        tombstone(up);
    }

    @Test
    void theStreamTellsOfOnesOwnCallsAlone() throws Exception {
        Stories theirs = call(CITY, Instant.now()).up();
        Stories ours = call(TOWN, Instant.now()).up();
        Browser town = as("town");
        List<String> lines = new CopyOnWriteArrayList<>();
        Thread reader = Thread.ofVirtual().start(() -> {
            try (var stream = town.stream()) {
                stream.forEach(lines::add);
            } catch (Exception e) {
                // The browser was closed.
            }
        });
        say(theirs.events());
        say(ours.events());
        live(theirs);
        live(ours);
        Await.until("the call is told", () -> lines.stream().anyMatch(line -> line.contains(ours.call().toString()) && line.contains("\"up\"")));
        Await.until("counts are told", () -> lines.stream().anyMatch(line -> line.startsWith("event:counts") || line.startsWith("event: counts")));
        tombstone(theirs);
        tombstone(ours);
        Await.until("its end is told", () -> lines.stream().anyMatch(line -> line.contains("gone")));
        assertThat(lines).noneMatch(line -> line.contains(theirs.call().toString()) || line.contains("city") || line.contains(PSEUDONYM));
        town.close();
        reader.join();
    }

    @Test
    void whoeverMayEndsACallAndSupportDoesNot() throws Exception {
        Stories story = call(TOWN, Instant.now()).up();
        say(story.events());
        live(story);
        List<Envelope> commands = new CopyOnWriteArrayList<>();
        try (var tail = new TopicTail(Surroundings.KAFKA, "tests", List.of(Topics.COMMANDS), new TopicTail.From.Beginning(), message -> {
            try {
                CallEventCodec.decode(message).ifPresent(commands::add);
            } catch (dev.trunkline.events.codec.UnreadableEventException e) {
                throw new IllegalStateException(e);
            }
        })) {
            tail.start();
            Browser desk = as("desk");
            Await.until("the live call is there", () -> desk.get("/live").body().contains(story.call().toString()));
            assertThat(as("support").post("/calls/" + story.call() + "/end", "").status()).isEqualTo(403);
            assertThat(desk.post("/calls/" + story.call() + "/end", "").status()).isEqualTo(202);
            Await.until("the command is there", () -> commands.stream().anyMatch(command ->
                    command.record() instanceof EndCall end && end.callId().equals(story.call())));
            assertThat(commands).hasSize(1);
            assertThat(desk.post("/calls/" + story.call() + "/transfer", "{\"to\": \"+3225550199\"}").status()).isEqualTo(200);
            assertThat(Surroundings.ASKED).contains("POST /calls/" + story.call() + "/transfer town");
        }
        Surroundings.ASKED.removeIf(request -> request.startsWith("POST /calls/"));
        tombstone(story);
    }

    @Test
    void eventsThatComeTwiceLateAndInAnyOrderAndARebuildLeaveTheSame() throws Exception {
        Instant day = Instant.parse("2031-03-29T00:30:00Z");
        List<Stories> stories = List.of(
                call(TOWN, day).answered(Duration.ofSeconds(3)),
                call(TOWN, day.plus(Duration.ofHours(2))).answered(Duration.ofMinutes(3)).endedAgain(),
                call(TOWN, day.plus(Duration.ofHours(26))).refused(RefusalReason.NUMBER_BUSY));
        Browser admin = as("admin");
        stories.forEach(story -> say(story.events()));
        for (Stories story : stories) {
            awaitCall(admin, story);
        }
        String once = told(admin, stories);
        assertThat(once).contains("caller-hung-up").contains("number-busy").doesNotContain("edge-lost");

        var random = new Random(7);
        for (int i = 0; i < 5; i++) {
            List<Envelope> all = new ArrayList<>();
            stories.forEach(story -> all.addAll(story.events()));
            all.addAll(all.subList(0, all.size() / 2));
            Collections.shuffle(all, random);
            say(all);
        }
        Stories last = call(TOWN, Instant.parse("2024-01-01T00:00:00Z")).refused(RefusalReason.NO_RULE);
        say(last.events());
        awaitCall(admin, last);
        assertThat(told(admin, stories)).isEqualTo(once);

        assertThat(as("town").post("/projection/rebuild", "").status()).isEqualTo(403);
        rebuild(admin);
        assertThat(told(admin, stories)).isEqualTo(once);
        assertThat(countsFollowCalls()).isTrue();
    }

    /** Returns everything that is reported about these calls, and the figures of their days. */
    private static String told(Browser admin, List<Stories> stories) throws Exception {
        var told = new StringBuilder();
        for (Stories story : stories) {
            told.append(admin.get("/calls/" + story.call()).body()).append(admin.get("/calls/" + story.call() + "/trace").body());
        }
        return told.append(admin.get("/analytics?from=2031-03-28&to=2031-03-31&zone=Europe/Brussels").body()).toString();
    }

    @Test
    void figuresAreThoseOfTheZoneAcrossTheChangeToSummerTime() throws Exception {
        // 01:30 in Brussels and, after the skipped hour, 03:30.
        Instant before = Instant.parse("2025-03-30T00:30:00Z");
        Instant after = Instant.parse("2025-03-30T01:30:00Z");
        List<Stories> stories = List.of(
                call(TOWN, before).answered(Duration.ofSeconds(30)), call(TOWN, after).answered(Duration.ofSeconds(30)),
                call(TOWN, Instant.parse("2025-03-30T22:10:00Z")).refused(RefusalReason.NO_RULE));
        Browser town = as("town");
        stories.forEach(story -> say(story.events()));
        for (Stories story : stories) {
            awaitCall(town, story);
        }
        JsonNode figures = town.get("/analytics?from=2025-03-30&to=2025-03-31&zone=Europe/Brussels").json();
        assertThat(figures.path("days")).hasSize(2);
        assertThat(figures.path("days").get(0).path("calls").asInt()).isEqualTo(2);
        assertThat(figures.path("days").get(1).path("refused").asInt()).isEqualTo(1);
        int sunday = 6;
        assertThat(figures.path("hours").get(sunday).get(1).asInt()).isEqualTo(1);
        assertThat(figures.path("hours").get(sunday).get(2).asInt()).isZero();
        assertThat(figures.path("hours").get(sunday).get(3).asInt()).isEqualTo(1);
        assertThat(figures.path("hours").get(0).get(0).asInt()).isEqualTo(1);
        assertThat(figures.path("days").get(0).path("averageTalkMillis").asLong()).isEqualTo(30_000);
        assertThat(figures.path("days").get(0).path("medianTalkMillis").asLong()).isBetween(28_000L, 32_000L);
        assertThat(figures.path("refusals").get(0).path("reason").asText()).isEqualTo("no-rule");
        assertThat(figures.path("peak").get(0).path("most").asInt()).isEqualTo(1);
        // Whole UTC days are read by the day, the ends of a period by the quarter: if it ends a quarter of an hour earlier, the last call
        // is not included.
        JsonNode longer = town.get("/analytics?from=2025-03-20T12:30:00Z&to=2025-03-30T22:15:00Z&zone=Europe/Brussels").json();
        assertThat(longer.path("refusals").get(0).path("calls").asInt()).isEqualTo(1);
        assertThat(longer.path("setup").path("p50").asLong()).isBetween(370L, 430L);
        JsonNode without = town.get("/analytics?from=2025-03-20T12:30:00Z&to=2025-03-30T22:00:00Z&zone=Europe/Brussels").json();
        assertThat(without.path("refusals")).isEmpty();
        assertThat(without.path("setup")).isEqualTo(longer.path("setup"));
        assertThat(town.get("/analytics?zone=GMT-plus-two").status()).isEqualTo(400);
    }

    @Test
    void theRouterIsAskedWithTheRightsOfWhoeverIsSignedInAndForNothingElse() throws Exception {
        Browser town = as("town");
        Browser.Answer numbers = town.get("/numbers?search=%2B32&limit=10&evil=1");
        assertThat(numbers.json().path("asked").asText()).isEqualTo("/numbers?limit=10&search=%2B32");
        assertThat(numbers.header("Set-Cookie")).isEmpty();
        assertThat(town.get("/numbers/..%2Fdirectory").body()).doesNotContain("\"/directory");
        assertThat(Surroundings.ASKED).contains("GET /numbers?limit=10&search=%2B32 town").noneMatch(request ->
                request.contains(Surroundings.ROUTER_TOKEN) && !request.contains("/auth/token"));
        assertThat(town.get("/organisations").json().get(0).path("label").asText()).isEqualTo("The town");
        assertThat(town.get("/trunks").status()).isEqualTo(403);
        assertThat(town.post("/numbers", "{}").status()).isEqualTo(403);
        assertThat(town.get("/directory").status()).isEqualTo(404);
        assertThat(as("support").send("PATCH", "/api/v1/numbers/%2B3225550100", "{\"active\": false}").status()).isEqualTo(403);
        assertThat(as("desk").send("PATCH", "/api/v1/numbers/%2B3225550100", "{\"active\": false}").status()).isEqualTo(403);
        assertThat(town.send("PATCH", "/api/v1/numbers/%2B3225550100", "{\"active\": false}").status()).isEqualTo(200);
    }

    @Test
    void aTrialCallIsShownAndCountedByNoFigure() throws Exception {
        Instant day = Instant.parse("2033-05-05T10:00:00Z");
        Stories trial = call(TOWN, day).trial().answered(Duration.ofSeconds(20));
        Stories wanted = call(TOWN, day).answered(Duration.ofSeconds(20));
        say(trial.events());
        say(wanted.events());
        Browser town = as("town");
        awaitCall(town, trial);
        awaitCall(town, wanted);
        String asked = "/history?from=2033-05-05T00:00:00Z&to=2033-05-06T00:00:00Z";
        assertThat(town.get(asked).body()).contains(wanted.call().toString()).doesNotContain(trial.call().toString());
        assertThat(town.get(asked + "&trial=with").body()).contains(wanted.call().toString(), trial.call().toString());
        JsonNode only = town.get(asked + "&trial=only").json().path("calls");
        assertThat(only).singleElement().satisfies(call -> assertThat(call.path("kind").asText()).isEqualTo("trial"));
        assertThat(town.get(asked + "&trial=perhaps").status()).isEqualTo(400);
        JsonNode figures = town.get("/analytics?from=2033-05-05&to=2033-05-05&zone=UTC").json();
        assertThat(figures.path("days").get(0).path("calls").asInt()).isEqualTo(1);
        assertThat(figures.path("peak").get(0).path("most").asInt()).isEqualTo(1);

        Stories ringing = call(TOWN, Instant.now()).trial().up();
        say(ringing.events());
        live(ringing);
        Await.until("the trial is on the board", () -> {
            JsonNode board = town.get("/live").json();
            return board.path("calls").findParents("callId").stream().anyMatch(call ->
                    call.path("callId").asText().equals(ringing.call().toString()) && call.path("kind").asText().equals("trial"));
        });
        assertThat(town.get("/live").json().path("counts").path("organisations").toString()).doesNotContain("town");
        tombstone(ringing);
    }

    @Test
    void inventedHistoryIsMarkedOutlivesARebuildAndGoesForGood() throws Exception {
        Browser city = as("city");
        Browser town = as("town");
        Await.until("history was invented", () -> city.get("/demo").json().path("calls").asInt() > 0);
        int calls = city.get("/demo").json().path("calls").asInt();
        assertThat(town.get("/demo").json().path("calls").asInt()).isZero();
        JsonNode one = city.get("/history?outcome=answered&limit=500").json().path("calls").findParents("callId").stream()
                .filter(call -> call.path("kind").asText().equals("demo")).findFirst().orElseThrow();
        JsonNode trace = city.get("/calls/" + one.path("callId").asText() + "/trace").json();
        assertThat(trace.path("sentence").asText()).startsWith("Answered, talked for");

        rebuild(as("admin"));
        assertThat(city.get("/demo").json().path("calls").asInt()).isEqualTo(calls);
        assertThat(city.get("/calls/" + one.path("callId").asText() + "/trace").json()).isEqualTo(trace);
        assertThat(countsFollowCalls()).isTrue();

        assertThat(town.send("DELETE", "/api/v1/demo", "").status()).isEqualTo(404);
        assertThat(as("support").send("DELETE", "/api/v1/demo", "").status()).isEqualTo(403);
        assertThat(city.send("DELETE", "/api/v1/demo", "").json().path("calls").asInt()).isEqualTo(calls);
        assertThat(city.get("/calls/" + one.path("callId").asText()).status()).isEqualTo(404);
        assertThat(city.get("/calls/" + one.path("callId").asText() + "/trace").status()).isEqualTo(404);
        assertThat(city.get("/history/export?format=csv").body()).doesNotContain(",demo,");
        assertThat(countsFollowCalls()).isTrue();
    }

    @Test
    void theMessagesOfACallAreALadderATextAndACaptureForWhoeverSeesTheCall() throws Exception {
        Stories story = call(TOWN, Instant.now()).refused(RefusalReason.NUMBER_BUSY);
        say(story.events());
        String invite = "INVITE sip:xxx100@203.0.113.7 SIP/2.0\r\nCSeq: 1 INVITE\r\n\r\n";
        String busy = "SIP/2.0 486 Busy Here\r\nCSeq: 1 INVITE\r\n\r\n";
        message(story, 0, false, invite);
        message(story, 30, true, busy);
        message(story, 30, true, busy);
        Browser town = as("town");
        String path = "/calls/" + story.call() + "/messages";
        Await.until("the messages are there", () -> town.get(path).json().path("messages").size() >= 2);
        JsonNode rungs = town.get(path).json().path("messages");
        assertThat(rungs).as("what came twice is there once").hasSize(2);
        assertThat(rungs.get(0).path("what").asText()).isEqualTo("INVITE");
        assertThat(rungs.get(1).path("what").asText()).isEqualTo("486 Busy Here");
        assertThat(rungs.get(1).path("about").asText()).isEqualTo("INVITE");
        assertThat(town.get(path + "/text").body()).contains("198.51.100.4:5060 -> 203.0.113.7:5060").contains("486 Busy Here");
        Browser.Answer capture = town.get(path + "/pcap");
        assertThat(capture.header("Content-Type")).isEqualTo("application/vnd.tcpdump.pcap");
        assertThat(capture.body()).contains("486 Busy Here");
        for (String form : List.of("", "/text", "/pcap")) {
            assertThat(as("city").get(path + form).status()).as(form).isEqualTo(404);
            assertThat(as("desk").get(path + form).status()).as(form).isEqualTo(403);
        }
    }

    private static Instant begun(Stories story) {
        return story.events().getFirst().time();
    }

    private static void message(Stories story, int millis, boolean sent, String text) throws Exception {
        var message = new CallMessage(
                story.call(), "edge-1", begun(story).plusMillis(millis), sent, "udp", "203.0.113.7:5060",
                "198.51.100.4:5060", text, false);
        suite.send(new ProducerRecord<>(Topics.CALL_MESSAGES, story.call().toString(), EventJson.MAPPER.writeValueAsBytes(message)))
                .toCompletableFuture().join();
    }

    /** With {@code -Dopenapi=write} this writes the file anew. */
    @Test
    void theFileThatDescribesTheApiIsWhatTheConsoleServes() throws Exception {
        String served = new Browser(root).send("GET", "/q/openapi", "").body();
        Path file = Path.of("openapi.yaml");
        if ("write".equals(System.getProperty("openapi"))) {
            Files.writeString(file, served);
        }
        assertThat(Files.readString(file)).as("mvn test -Dtest=ConsoleServiceTest -Dopenapi=write").isEqualTo(served);
    }

    @Test
    void aSessionIsACookieThatNoScriptReadsAndEnds() throws Exception {
        var stranger = new Browser(root);
        open.add(stranger);
        assertThat(stranger.get("/history").status()).isEqualTo(401);
        assertThat(stranger.get("/live/stream").status()).isEqualTo(401);
        Browser.Answer in = stranger.signIn("town", Surroundings.PASSWORD);
        assertThat(in.header("Set-Cookie")).contains("trunkline_session=").contains("HttpOnly").contains("SameSite=Strict");
        assertThat(in.json().path("role").asText()).isEqualTo("tenant");
        assertThat(in.json().path("organisation").path("name").asText()).isEqualTo("town");
        assertThat(stranger.send(stranger.bare("DELETE", "/api/v1/session", "")).status()).as("without the token").isEqualTo(403);
        assertThat(stranger.send("DELETE", "/api/v1/session", "").status()).isEqualTo(200);
        assertThat(stranger.get("/session").status()).isEqualTo(401);
    }

    @Test
    void pagesForbidScriptsInThemAndFramesAroundThem() throws Exception {
        var page = new Browser(root);
        open.add(page);
        Browser.Answer answer = page.send("GET", "/api/v1/session", "");
        assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'self'").contains("frame-ancestors 'none'")
                .contains("connect-src 'self' wss://livekit.example:7443;");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.send("GET", "/q/openapi", "").body()).contains("/api/v1/history", "/api/v1/live/stream");
        assertThat(answer.body()).contains("sign in");
    }
}
