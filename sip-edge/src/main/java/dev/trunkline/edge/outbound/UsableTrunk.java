package dev.trunkline.edge.outbound;

import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.sip.auth.DigestSession;
import dev.trunkline.sip.gateway.Gateway;
import java.util.List;
import java.util.Optional;

/**
 * A trunk as it is when a call is placed.
 *
 * @param gateways in the order in which they are tried; those that are down by their pings come last
 * @param session answers their challenges; empty if nothing can be answered
 */
record UsableTrunk(KnownOutbound known, List<Gateway> gateways, Optional<DigestSession> session) {
    UsableTrunk {
        gateways = List.copyOf(gateways);
    }

    OutboundTrunk trunk() {
        return known.trunk();
    }
}
