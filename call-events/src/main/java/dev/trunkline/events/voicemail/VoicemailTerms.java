package dev.trunkline.events.voicemail;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * Whether and how messages are recorded, according to {@code voicemail} in the merged configuration of a number. A setting that is
 * missing or out of range has its default.
 *
 * <pre>
 *   {"voicemail": {"messages": true, "longest_seconds": 180, "shortest_seconds": 2, "silence_seconds": 6, "keep_days": 30}}
 * </pre>
 *
 * @param messages whether any is recorded: only if it is {@code true}
 * @param longest maximum length of a message, 5 s to {@value #MOST_SECONDS} s
 * @param shortest minimum length of a message that is kept, up to the last sound heard; 1 s to 30 s
 * @param silence the message ends after this long without speech, 2 s to 60 s; zero, written as 0: it does not
 * @param keep how long a message is kept, 1 day to {@value #MOST_DAYS} days
 */
public record VoicemailTerms(boolean messages, Duration longest, Duration shortest, Duration silence, Duration keep) {
    /** Its field in the configuration. */
    public static final String FIELD = "voicemail";
    public static final int MOST_SECONDS = 300;
    public static final int MOST_DAYS = 3_650;

    /** @param config merged */
    public static VoicemailTerms of(JsonNode config) {
        JsonNode said = config.path(FIELD);
        return new VoicemailTerms(
                said.path("messages").isBoolean() && said.path("messages").booleanValue(),
                Duration.ofSeconds(within(said, "longest_seconds", 5, MOST_SECONDS, 180)),
                Duration.ofSeconds(within(said, "shortest_seconds", 1, 30, 2)),
                Duration.ofSeconds(isZero(said, "silence_seconds") ? 0 : within(said, "silence_seconds", 2, 60, 6)),
                Duration.ofDays(within(said, "keep_days", 1, MOST_DAYS, 30)));
    }

    private static boolean isZero(JsonNode said, String field) {
        return said.path(field).isIntegralNumber() && said.path(field).asLong() == 0;
    }

    private static int within(JsonNode said, String field, int least, int most, int usual) {
        JsonNode value = said.path(field);
        return value.isIntegralNumber() && value.asLong() >= least && value.asLong() <= most ? value.intValue() : usual;
    }
}
