package dev.trunkline.console.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.console.Stories;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.codec.EventJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallRowTest {
    private static final String PSEUDONYM = "d14b5bc82fc769e3".repeat(4);

    private static Stories story() {
        return Stories.of(new CallId(UUID.randomUUID()), new OrganisationRef("o-1", "town"), Instant.parse("2026-11-29T12:00:00Z"), PSEUDONYM);
    }

    private static List<CallRow> rows(Stories story) {
        return story.events().stream().flatMap(event -> CallRow.of(event).stream()).toList();
    }

    @Test
    void onlyALastEventIsARow() {
        assertThat(rows(story().up())).isEmpty();
        assertThat(rows(story().answered(Duration.ofSeconds(20)))).singleElement().satisfies(row -> {
            assertThat(row.outcome()).isEqualTo("answered");
            assertThat(row.talkMillis()).isEqualTo(20_000);
            assertThat(row.setupMillis()).hasValue(400);
            assertThat(row.mos()).contains(4.4);
        });
        assertThat(rows(story().refused(RefusalReason.NUMBER_BUSY))).singleElement().satisfies(row -> {
            assertThat(row.outcome()).isEqualTo("refused");
            assertThat(row.status()).hasValue(486);
            assertThat(row.answeredAt()).isEmpty();
        });
    }

    @Test
    void aTrialIsARowThatSaysSo() {
        assertThat(rows(story().trial().answered(Duration.ofSeconds(2)))).singleElement().matches(row -> row.kind() == CallKind.TRIAL);
        assertThat(rows(story().answered(Duration.ofSeconds(2)))).singleElement().matches(row -> row.kind() == CallKind.CALL);
    }

    @Test
    void ofTwoLastEventsTheFirstCountsWhicheverComesFirst() {
        List<CallRow> rows = rows(story().answered(Duration.ofSeconds(20)).endedAgain());
        assertThat(rows).hasSize(2);
        assertThat(rows.stream().min(CallRow.FIRST_SAID).orElseThrow().reason()).isEqualTo("caller-hung-up");
        assertThat(rows.reversed().stream().min(CallRow.FIRST_SAID).orElseThrow().reason()).isEqualTo("caller-hung-up");
    }

    @Test
    void nothingThatIsSealedIsLeftOfAnEventAndItCanBeReadAgain() throws Exception {
        for (Envelope event : story().answered(Duration.ofSeconds(20)).events()) {
            var slim = SlimEvent.of(event);
            assertThat(slim).as(event.record().toString()).isPresent();
            String json = EventJson.MAPPER.writeValueAsString(slim.get());
            assertThat(json).doesNotContain(Stories.SEALED).doesNotContain(PSEUDONYM);
            assertThat(EventJson.MAPPER.readValue(json, slim.get().getClass())).isEqualTo(slim.get());
        }
    }
}
