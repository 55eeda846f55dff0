package dev.trunkline.edge.trunks;

import dev.trunkline.events.Trunk;
import dev.trunkline.events.privacy.TrunkUser;
import dev.trunkline.sip.net.SipTransportKind;
import java.util.List;

/**
 * A trunk, its users unsealed.
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

    /** Its address is enough. */
    boolean open() {
        return trunk.sealedUsers().isEmpty();
    }

    /** It may send from anywhere: its users' credentials are all that it is known by. */
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
