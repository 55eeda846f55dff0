package dev.trunkline.events.privacy;

import java.util.Map;

/**
 * What the called party answered with. Exists only inside edge and relay, and sealed on Kafka.
 *
 * @param tag the called party's tag of the dialog (RFC 3261 section 19.3)
 * @param headers the requested headers of the 200, lower-case name to value
 */
public record AnswerSecrets(String tag, Map<String, String> headers) {

    public AnswerSecrets {
        tag = tag == null ? "" : tag;
        headers = headers == null ? Map.of() : Map.copyOf(headers);
    }

    /** Reveals nothing: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "AnswerSecrets[…]";
    }
}
