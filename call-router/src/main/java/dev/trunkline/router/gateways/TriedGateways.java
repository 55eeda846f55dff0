package dev.trunkline.router.gateways;

import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.TrunkGateway;
import dev.trunkline.router.auth.Principal;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where an outbound call by a trunk would be tried, and whether that gateway answers. Thread-safe. */
public final class TriedGateways {
    /** An edge repeats its states every half minute. */
    private static final Duration FRESH = Duration.ofSeconds(90);

    private final StateTable states;
    private final Clock clock;

    public TriedGateways(StateTable states, Clock clock) {
        this.states = states;
        this.clock = clock;
    }

    /**
     * Returns them in the order in which they are tried; empty if the requester may not know them, because only the
     * operator may see where the suite's trunks lead.
     */
    public Optional<List<DialledGateway>> of(OutboundTrunk trunk, Principal who) {
        if (!(who instanceof Principal.Admin) && trunk.organisation().isEmpty()) {
            return Optional.empty();
        }
        Map<String, Boolean> standing = states.up(trunk.id(), clock.instant().minus(FRESH));
        return Optional.of(trunk.gateways().stream()
                .sorted(Comparator.comparingInt(TrunkGateway::order))
                .map(gateway -> DialledGateway.of(gateway, standing))
                .toList());
    }
}
