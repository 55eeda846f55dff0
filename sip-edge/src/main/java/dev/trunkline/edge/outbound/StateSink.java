package dev.trunkline.edge.outbound;

import dev.trunkline.events.OutboundTrunkState;
import java.util.Optional;

/** Takes what is to be told of a trunk. Must not wait. */
@FunctionalInterface
public interface StateSink {
    /** @param state empty when this edge knows the trunk no more */
    void say(String trunkId, Optional<OutboundTrunkState> state);
}
