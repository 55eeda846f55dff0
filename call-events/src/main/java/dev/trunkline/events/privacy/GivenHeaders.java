package dev.trunkline.events.privacy;

import java.util.Map;

/**
 * Headers that a BYE or a REFER has in addition to its own. Exists only inside edge and relay, and sealed on Kafka.
 *
 * @param headers name to value; empty for none
 */
public record GivenHeaders(Map<String, String> headers) {

    public GivenHeaders {
        headers = headers == null ? Map.of() : Map.copyOf(headers);
    }

    /** Reveals nothing: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "GivenHeaders[…]";
    }
}
