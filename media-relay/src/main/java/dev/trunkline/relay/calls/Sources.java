package dev.trunkline.relay.calls;

import java.net.InetAddress;
import java.util.Optional;

/** Reads {@code address:port} as the edge writes the source of a packet. */
final class Sources {
    private Sources() {}

    /** Empty where there is no address literal; nothing is looked up. */
    static Optional<InetAddress> of(String source) {
        int colon = source.lastIndexOf(':');
        String host = colon < 0 ? source : source.substring(0, colon);
        try {
            return Optional.of(InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
