package dev.trunkline.edge.outbound;

import dev.trunkline.events.GatewayState;
import dev.trunkline.events.OutboundTrunkState;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a trunk, in words. */
final class Complaints {
    private Complaints() {}

    static List<String> of(OutboundTrunkState state) {
        var complaints = new ArrayList<String>();
        for (GatewayState gateway : state.gateways()) {
            if (!gateway.up()) {
                complaints.add("%s: gateway %s is down".formatted(state.trunk().name(), gateway.gateway()));
            }
        }
        state.registration().filter(registration -> !registration.registered()).ifPresent(registration -> complaints.add(
                "%s: not registered%s".formatted(state.trunk().name(), registration.why().map(why -> ", " + why).orElse(""))));
        return complaints;
    }
}
