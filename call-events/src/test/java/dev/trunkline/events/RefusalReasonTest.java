package dev.trunkline.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RefusalReasonTest {

    @Test
    void everyReasonHasTheStatusOfTheDesign() {
        assertThat(Arrays.stream(RefusalReason.values())
                        .collect(Collectors.toMap(RefusalReason::code, RefusalReason::status)))
                .isEqualTo(Map.ofEntries(
                        Map.entry("credentials-missing", 401),
                        Map.entry("credentials-wrong", 403),
                        Map.entry("number-unknown", 404),
                        Map.entry("number-inactive", 480),
                        Map.entry("caller-not-allowed", 403),
                        Map.entry("no-rule", 404),
                        Map.entry("caller-invalid", 400),
                        Map.entry("trunk-quota", 503),
                        Map.entry("caller-rate", 480),
                        Map.entry("number-busy", 486),
                        Map.entry("organisation-busy", 486),
                        Map.entry("agents-busy", 486),
                        Map.entry("suite-full", 503),
                        Map.entry("no-relay", 503),
                        Map.entry("livekit-unavailable", 503),
                        Map.entry("no-agent", 480),
                        Map.entry("room-missing", 404),
                        Map.entry("no-common-codec", 488),
                        Map.entry("webhook-failed", 503),
                        Map.entry("declined", 603),
                        Map.entry("destination-invalid", 404),
                        Map.entry("destination-forbidden", 403),
                        Map.entry("no-outbound-trunk", 404),
                        Map.entry("calls-out-busy", 486),
                        Map.entry("calls-out-rate", 480),
                        Map.entry("forward-failed", 480),
                        Map.entry("limiter-unavailable", 503),
                        Map.entry("deadline", 503)));
    }

    @Test
    void theseReasonsSayWhenToTryAgain() {
        assertThat(Arrays.stream(RefusalReason.values())
                        .filter(reason -> reason.retryAfterSeconds().isPresent())
                        .map(RefusalReason::code)
                        .collect(Collectors.toSet()))
                .isEqualTo(Set.of("trunk-quota", "caller-rate", "calls-out-rate", "suite-full", "no-relay", "livekit-unavailable",
                        "limiter-unavailable", "deadline"));
    }

    @Test
    void everyEndIsOneSentenceForPeople() {
        for (RefusalReason reason : RefusalReason.values()) {
            assertThat(reason.sentence()).as(reason.code()).matches("[A-Z][^.]*\\.");
            assertThat(reason.code()).isEqualTo(reason.name().toLowerCase().replace('_', '-'));
        }
        for (EndReason reason : EndReason.values()) {
            assertThat(reason.sentence()).as(reason.code()).matches("[A-Z][^.]*\\.");
            assertThat(reason.code()).isEqualTo(reason.name().toLowerCase().replace('_', '-'));
            assertThat(reason.cause()).isBetween(200, 699);
        }
    }
}
