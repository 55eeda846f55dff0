package dev.trunkline.relay.calls;

import dev.trunkline.events.CallRouted;
import dev.trunkline.events.MediaFrom;
import dev.trunkline.relay.rtp.TrustedSources;
import java.net.InetAddress;
import java.util.Optional;

/** Where a call's media may come from: reads {@code address:port} as the edge writes the source of a packet. */
final class Sources {
    private Sources() {}

    static TrustedSources trusted(CallRouted route) {
        return new TrustedSources(of(route.invite().source()), route.mediaFrom().equals(Optional.of(MediaFrom.ANYWHERE)));
    }

    /** Returns the address; empty if there is no address literal; nothing is looked up. */
    static Optional<InetAddress> of(String source) {
        int colon = source.lastIndexOf(':');
        String host = colon < 0 ? source : source.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        try {
            return Optional.of(InetAddress.ofLiteral(bracketed ? host.substring(1, host.length() - 1) : host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
