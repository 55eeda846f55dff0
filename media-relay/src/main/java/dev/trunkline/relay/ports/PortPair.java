package dev.trunkline.relay.ports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The two bound sockets of a call.
 *
 * @param port the even port, RTP; RTCP is on the next
 */
public record PortPair(int port, DatagramChannel rtp, DatagramChannel rtcp) implements AutoCloseable {
    /** Ports held by another process are skipped; after this many in a row something else is wrong. */
    private static final int ATTEMPTS = 16;
    private static final int RECEIVE_BUFFER = 64 * 1024;

    /** Takes a port from the pool and binds its sockets; empty if none is available. */
    public static Optional<PortPair> open(PortPool pool, RtpBinding binding) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            OptionalInt port = pool.take();
            if (port.isEmpty()) {
                return Optional.empty();
            }
            Optional<PortPair> pair = bind(port.getAsInt(), binding);
            if (pair.isPresent()) {
                return pair;
            }
            pool.giveBack(port.getAsInt());
        }
        return Optional.empty();
    }

    private static Optional<PortPair> bind(int port, RtpBinding binding) {
        try {
            DatagramChannel rtp = bound(binding, port);
            try {
                return Optional.of(new PortPair(port, rtp, bound(binding, port + 1)));
            } catch (IOException e) {
                rtp.close();
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Closes both sockets, even if they are closed already.
     *
     * @throws UncheckedIOException if one could not be closed; the other is closed
     */
    @Override
    public void close() {
        try (rtp; rtcp) {
            // Nothing is left to do but to close them.
        } catch (IOException e) {
            throw new UncheckedIOException("an RTP socket could not be closed", e);
        }
    }

    private static DatagramChannel bound(RtpBinding binding, int port) throws IOException {
        var family = binding.address() instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        DatagramChannel channel = DatagramChannel.open(family);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            binding.mark(channel);
            return channel.bind(new InetSocketAddress(binding.address(), port));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
