package dev.trunkline.rtc.room;

import dev.trunkline.rtc.ice.IceCandidate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The address to which a room's socket is bound, and the resulting host candidates (RFC 8445 section 5.1.1.1): the bound
 * address, or every address of the machine. Loopback is listed only if there is nothing else.
 *
 * @param bind empty for every address
 */
record LocalAddresses(Optional<InetAddress> bind, List<InetAddress> addresses) {

    static LocalAddresses of(Optional<InetAddress> bind) {
        return new LocalAddresses(bind, bind.map(List::of).orElseGet(LocalAddresses::ofMachine));
    }

    /** Opens a socket on a free port; without a bound address it supports both families. */
    DatagramChannel open() {
        InetSocketAddress local = bind.map(address -> new InetSocketAddress(address, 0))
                .orElseGet(() -> new InetSocketAddress(0));
        try {
            DatagramChannel channel = bind.isEmpty() ? DatagramChannel.open() : DatagramChannel.open(family(bind.get()));
            try {
                channel.bind(local);
                return channel;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not open a UDP socket for a room at " + local, e);
        }
    }

    /** Whether the socket can send to an address: a socket bound to an address supports only that family. */
    Predicate<InetSocketAddress> reachable() {
        return remote -> bind.isEmpty()
                || (bind.get() instanceof Inet6Address) == (remote.getAddress() instanceof Inet6Address);
    }

    List<IceCandidate> candidates(int port) {
        List<IceCandidate> candidates = new ArrayList<>();
        for (InetAddress address : addresses) {
            candidates.add(IceCandidate.host(address, port, candidates.size()));
        }
        return candidates;
    }

    private static StandardProtocolFamily family(InetAddress address) {
        return address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    private static List<InetAddress> ofMachine() {
        List<InetAddress> found = new ArrayList<>();
        try {
            NetworkInterface.networkInterfaces()
                    .filter(LocalAddresses::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .forEach(found::add);
        } catch (SocketException e) {
            // Then only loopback can be listed; the server learns the rest from our checks.
        }
        return found.isEmpty() ? List.of(InetAddress.getLoopbackAddress()) : List.copyOf(found);
    }

    private static boolean isUp(NetworkInterface networkInterface) {
        try {
            return networkInterface.isUp();
        } catch (SocketException e) {
            return false;
        }
    }
}
