package dev.trunkline.console.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.console.Stories;
import dev.trunkline.events.CallId;
import dev.trunkline.events.codec.EventJson;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** History as a file. */
@QuarkusTest
class ExportServiceTest extends WithConsole {
    /** More than two of the pages that are held in memory. */
    private static final int CALLS = 1_234;
    private static final String THOSE = "&from=2031-03-01T00:00:00Z&to=2031-03-02T00:00:00Z";

    private void calls() throws Exception {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into calls (call_id, told_at, told_id, direction, organisation_id, organisation, number, called, caller, trunk, rule, room,
                      agent, received_at, answered_at, ended_at, setup_millis, talk_millis, outcome, reason, reason_text)
                    select gen_random_uuid(), at, gen_random_uuid(), 'inbound', case when i %% 2 = 0 then '%s' else '%s' end,
                      case when i %% 2 = 0 then 'town' else 'city' end, '+3225550100', '+3225550100', '%s', 'carrier', '=rule, "x"', 'room', 'agent',
                      at, at, at, 100, 1000, 'answered', 'caller-hung-up', 'The caller hung up.'
                    from (select i, timestamptz '2031-03-01 10:00Z' + i / 3 * interval '1 second' as at from generate_series(1, %d) i) a"""
                    .formatted(Surroundings.TOWN, Surroundings.CITY, PSEUDONYM, 2 * CALLS));
        }
    }

    @AfterEach
    void noCalls() throws Exception {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("delete from calls where received_at >= '2031-03-01Z' and received_at < '2031-03-02Z'");
        }
    }

    @Test
    void jsonLinesHaveEachCallOnceTheNewestFirst() throws Exception {
        calls();

        Browser.Answer file = as("town").get("/history/export?format=jsonl" + THOSE);

        List<JsonNode> lines = new ArrayList<>();
        for (String line : file.body().split("\n")) {
            lines.add(EventJson.MAPPER.readTree(line));
        }
        assertThat(file.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(lines).extracting(line -> line.path("callId").asText()).hasSize(CALLS).doesNotHaveDuplicates();
        assertThat(lines).extracting(line -> line.path("receivedAt").asText()).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(lines).allMatch(line -> line.path("organisation").asText().equals("town"));
        assertThat(as("admin").get("/history/export?format=jsonl&organisation=city" + THOSE).body().lines()).hasSize(CALLS)
                .allMatch(line -> line.contains("\"city\""));
        assertThat(as("admin").get("/history/export?format=jsonl" + THOSE).body().lines()).hasSize(2 * CALLS);
    }

    @Test
    void csvHasTheSameAndNoFormulas() throws Exception {
        calls();

        Browser.Answer file = as("town").get("/history/export?format=csv" + THOSE);

        List<String> lines = file.body().lines().toList();
        assertThat(lines).hasSize(1 + CALLS);
        assertThat(lines.getFirst()).startsWith("callId,direction,organisation,number,called,caller,");
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.contains(",town,+3225550100,+3225550100," + PSEUDONYM.substring(0, 8) + ",")
                && line.contains(",\"'=rule, \"\"x\"\"\","));
    }

    @Test
    void aFileIsSentWhileItIsWrittenAndHoldsNoMoreOfACallerThanThePages() throws Exception {
        calls();

        for (String format : List.of("csv", "jsonl")) {
            Browser.Answer file = as("admin").get("/history/export?format=" + format + THOSE);
            assertThat(file.header("Content-Length")).as(format).isEmpty();
            assertThat(file.header("Content-Disposition")).contains("calls." + format);
            assertThat(file.body()).doesNotContain(PSEUDONYM.substring(0, 9));
        }
        assertThat(as("desk").get("/history/export?format=csv").status()).isEqualTo(403);
        assertThat(as("town").get("/history/export?format=parquet").status()).isEqualTo(400);
    }

    @Test
    void aCallerWhoWasErasedIsInNoFile() throws Exception {
        String pseudonym = "0badcafe".repeat(8);
        Stories story = Stories.of(new CallId(UUID.randomUUID()), TOWN, Instant.parse("2025-04-01T10:00:00Z"), pseudonym).answered(Duration.ofSeconds(9));
        say(story.events());
        Browser town = as("town");
        awaitCall(town, story);
        assertThat(town.send("DELETE", "/api/v1/callers", "{\"call\": \"" + story.call() + "\"}").status()).isEqualTo(200);

        String file = town.get("/history/export?format=jsonl&from=2025-04-01T00:00:00Z&to=2025-04-02T00:00:00Z").body();

        assertThat(file).contains(story.call().toString(), "\"erased\"").doesNotContain("0badcafe");
    }
}
