package dev.trunkline.events;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of an outbound trunk, as one edge sees it; on the compacted topic {@link Topics#OUTBOUND_STATES} under
 * {@code <trunk id>/<edge>}. Published at each change, and again every half minute: an edge that has not published for longer is gone. A
 * tombstone says that this edge no longer knows the trunk.
 *
 * @param registration empty for a trunk that this edge does not register: no edge does, or another one
 */
public record OutboundTrunkState(
        String edge,
        TrunkRef trunk,
        List<GatewayState> gateways,
        Optional<RegistrationState> registration,
        Instant saidAt) {

    public OutboundTrunkState {
        gateways = List.copyOf(gateways);
        registration = registration == null ? Optional.empty() : registration;
    }
}
