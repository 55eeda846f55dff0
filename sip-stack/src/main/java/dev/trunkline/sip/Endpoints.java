package dev.trunkline.sip;

import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.transport.Endpoint;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The open listeners. */
final class Endpoints {
    private final List<Endpoint> all;

    Endpoints(List<Endpoint> all) {
        this.all = List.copyOf(all);
    }

    /**
     * Chooses the listener for a request to a peer, among those with its transport: the one at the local address that the
     * machine's routing table selects for that peer, otherwise one bound to the family's wildcard address, otherwise any of the
     * family.
     */
    Optional<Endpoint> towards(SipTransportKind transport, InetAddress peer) {
        List<Endpoint> fitting =
                all.stream().filter(endpoint -> endpoint.listener().transport() == transport).toList();
        if (fitting.size() < 2) {
            return fitting.stream().findFirst();
        }
        String local = localAddress(peer);
        boolean ipv6 = peer instanceof Inet6Address;
        return first(fitting, endpoint -> endpoint.listener().address().equals(local))
                .or(() -> first(fitting, endpoint -> endpoint.listener().isWildcard() && endpoint.listener().isIpv6() == ipv6))
                .or(() -> first(fitting, endpoint -> endpoint.listener().isIpv6() == ipv6))
                .or(() -> first(fitting, endpoint -> true));
    }

    /** Returns whether there is a listener for a transport. */
    boolean speak(SipTransportKind transport) {
        return all.stream().anyMatch(endpoint -> endpoint.listener().transport() == transport);
    }

    private static Optional<Endpoint> first(List<Endpoint> of, Predicate<Endpoint> which) {
        return of.stream().filter(which).findFirst();
    }

    /** Sends nothing: connecting a datagram socket only consults the routing table. */
    private static String localAddress(InetAddress peer) {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(peer, 9));
            return socket.getLocalAddress().getHostAddress();
        } catch (SocketException | UncheckedIOException e) {
            return "";
        }
    }

    void ask() {
        all.forEach(Endpoint::ask);
    }

    boolean alive() {
        return all.stream().allMatch(Endpoint::alive);
    }

    void close() {
        all.forEach(Endpoint::close);
    }
}
