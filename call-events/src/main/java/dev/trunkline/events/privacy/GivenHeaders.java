package dev.trunkline.events.privacy;

import java.util.Map;

/**
 * What a BYE or a REFER is to have besides its own headers. Exists only inside edge and relay, and sealed on Kafka.
 *
 * @param headers name to value; empty for none
 */
public record GivenHeaders(Map<String, String> headers) {

    public GivenHeaders {
        headers = headers == null ? Map.of() : Map.copyOf(headers);
    }

    /** Says nothing: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "GivenHeaders[…]";
    }
}
