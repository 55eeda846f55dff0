package dev.trunkline.events.privacy;

import java.util.Map;
import java.util.Objects;

/**
 * The target of a transfer, as the requester writes it. Exists only inside router, edge and relay, and sealed on Kafka.
 *
 * @param to a number, {@code tel:} or {@code sip:} URI
 */
public record TransferTarget(String to, Map<String, String> headers) {

    public TransferTarget {
        Objects.requireNonNull(to, "to");
        headers = headers == null ? Map.of() : Map.copyOf(headers);
    }

    /** A target whose INVITE has no headers of its own. */
    public TransferTarget(String to) {
        this(to, Map.of());
    }

    /** Reveals nothing: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "TransferTarget[…]";
    }
}
