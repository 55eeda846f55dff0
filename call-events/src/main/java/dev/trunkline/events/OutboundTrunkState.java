package dev.trunkline.events;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How an outbound trunk stands, as one edge sees it; on the compacted topic {@link Topics#OUTBOUND_STATES} under {@code <trunk id>/<edge>}. Said
 * at each change, and again each half minute: who has not said so for longer is gone. A tombstone says that this edge knows the trunk no more.
 *
 * @param registration empty for a trunk that this edge does not register: none does, or another one
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
