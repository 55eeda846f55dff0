package dev.trunkline.events.voicemail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.codec.EventJson;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoicemailTermsTest {
    private static VoicemailTerms of(String json) throws Exception {
        return VoicemailTerms.of(EventJson.MAPPER.readTree(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}", "{\"voicemail\": true}", "{\"voicemail\": {}}", "{\"voicemail\": {\"messages\": \"true\"}}", "{\"voicemail\": {\"messages\": 1}}",
        "{\"voicemail\": {\"messages\": null}}", "{\"voicemail\": {\"messages\": false}}", "[]", "null"})
    void nothingIsRecordedUnlessItIsTurnedOn(String config) throws Exception {
        assertThat(of(config).messages()).isFalse();
    }

    @Test
    void whatIsNotSaidIsAsUsual() throws Exception {
        assertThat(of("{\"voicemail\": {\"messages\": true}}")).isEqualTo(new VoicemailTerms(
                true, Duration.ofSeconds(180), Duration.ofSeconds(2), Duration.ofSeconds(6), Duration.ofDays(30)));
    }

    @Test
    void whatIsSaidCounts() throws Exception {
        assertThat(of("{\"voicemail\": {\"messages\": true, \"longest_seconds\": 60, \"shortest_seconds\": 1, \"silence_seconds\": 0,"
                + " \"keep_days\": 7}}")).isEqualTo(new VoicemailTerms(
                true, Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ZERO, Duration.ofDays(7)));
    }

    @Test
    void whatIsOutOfRangeIsAsUsual() throws Exception {
        assertThat(of("{\"voicemail\": {\"messages\": true, \"longest_seconds\": 301, \"shortest_seconds\": 0, \"silence_seconds\": 1,"
                + " \"keep_days\": 99999999999}}")).isEqualTo(of("{\"voicemail\": {\"messages\": true}}"));
    }
}
