package dev.trunkline.sip;

import dev.trunkline.sip.transport.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Host names by the system's resolver. */
final class Names implements Locating {
    @Override
    public List<Hop> of(Destination destination) {
        try {
            int port = destination.port().orElse(destination.chosen().defaultPort());
            return Arrays.stream(InetAddress.getAllByName(destination.host()))
                    .map(address -> new Hop(destination.chosen(), new Target(new InetSocketAddress(address, port), destination.host())))
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
