package dev.trunkline.events;

import java.util.Optional;

/**
 * One step of a rule's fallback chain. The steps are tried in order until one takes the call.
 *
 * @param target agent name, SIP URI, number, name of a sound or SIP status, depending on {@code kind}
 * @param metadata for an agent; empty for the others
 * @param patienceSeconds how long to wait for this step; 0 if the step does not wait
 * @param outboundTrunk name of the outbound trunk for a forward; empty lets the router choose
 */
public record Fallback(FallbackKind kind, String target, String metadata, int patienceSeconds, Optional<String> outboundTrunk) {

    public Fallback {
        outboundTrunk = outboundTrunk == null ? Optional.empty() : outboundTrunk;
    }

    /** A step that names no outbound trunk. */
    public Fallback(FallbackKind kind, String target, String metadata, int patienceSeconds) {
        this(kind, target, metadata, patienceSeconds, Optional.empty());
    }
}
