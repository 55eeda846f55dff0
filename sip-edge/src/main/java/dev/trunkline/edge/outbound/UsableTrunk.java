package dev.trunkline.edge.outbound;

import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.sip.auth.DigestSession;
import dev.trunkline.sip.gateway.Gateway;
import java.util.List;
import java.util.Optional;

/**
 * A trunk as it stands when a call goes out.
 *
 * @param gateways in the order in which they are tried, those last that their pings say are down
 * @param session who answers what they ask; empty where nothing can be answered
 */
record UsableTrunk(KnownOutbound known, List<Gateway> gateways, Optional<DigestSession> session) {
    UsableTrunk {
        gateways = List.copyOf(gateways);
    }

    OutboundTrunk trunk() {
        return known.trunk();
    }
}
