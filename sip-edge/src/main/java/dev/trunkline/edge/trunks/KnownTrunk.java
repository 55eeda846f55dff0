package dev.trunkline.edge.trunks;

import dev.trunkline.events.Trunk;
import dev.trunkline.events.privacy.TrunkUser;
import dev.trunkline.sip.net.SipTransportKind;
import java.util.List;

/**
 * A trunk with its users unsealed.
 *
 * @param users who may authenticate; empty for a trunk that is known by its addresses, and for one whose seal does not
 *     open, which then brings no calls
 */
public record KnownTrunk(Trunk trunk, List<TrunkUser> users) {
    public KnownTrunk {
        users = List.copyOf(users);
    }

    /** A trunk without users. */
    public static KnownTrunk of(Trunk trunk) {
        return new KnownTrunk(trunk, List.of());
    }

    public String id() {
        return trunk.id();
    }

    /** Whether its address is enough. */
    boolean open() {
        return trunk.sealedUsers().isEmpty();
    }

    /** Whether it may send from anywhere: it is known only by its users' credentials. */
    boolean roams() {
        return !open() && trunk.addresses().isEmpty();
    }

    boolean speaks(SipTransportKind transport) {
        return trunk.transports().isEmpty() || trunk.transports().stream().anyMatch(transport.code()::equalsIgnoreCase);
    }

    @Override
    public String toString() {
        return "KnownTrunk[" + id() + "]";
    }
}
