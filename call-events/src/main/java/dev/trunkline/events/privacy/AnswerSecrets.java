package dev.trunkline.events.privacy;

import java.util.Map;

/**
 * What whoever was called has answered with. Exists only inside edge and relay, and sealed on Kafka.
 *
 * @param tag theirs of the dialog (RFC 3261 section 19.3)
 * @param headers those of the 200 that somebody wants to know, lower-case name to value
 */
public record AnswerSecrets(String tag, Map<String, String> headers) {

    public AnswerSecrets {
        tag = tag == null ? "" : tag;
        headers = headers == null ? Map.of() : Map.copyOf(headers);
    }

    /** Says nothing: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "AnswerSecrets[…]";
    }
}
