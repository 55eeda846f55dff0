package dev.trunkline.events;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A target that may take the call.
 *
 * @param to number or SIP URI, as the rule or the webhook writes it
 * @param outboundTrunk name of the outbound trunk to use; empty lets the router choose
 * @param headers further headers of the INVITE, name to value
 */
public record ForwardTarget(String to, Optional<String> outboundTrunk, Map<String, String> headers) {

    public ForwardTarget {
        Objects.requireNonNull(to, "to");
        outboundTrunk = outboundTrunk == null ? Optional.empty() : outboundTrunk;
        headers = headers == null ? Map.of() : Map.copyOf(headers);
    }
}
