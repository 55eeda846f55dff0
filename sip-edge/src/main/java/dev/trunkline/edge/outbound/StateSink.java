package dev.trunkline.edge.outbound;

import dev.trunkline.events.OutboundTrunkState;
import java.util.Optional;

/** Takes the published state of a trunk. Must not block. */
@FunctionalInterface
public interface StateSink {
    /** @param state empty if this edge no longer knows the trunk */
    void say(String trunkId, Optional<OutboundTrunkState> state);
}
