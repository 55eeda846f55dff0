package dev.trunkline.sip.transport;

import dev.trunkline.sip.message.MessageLimits;
import dev.trunkline.sip.net.Faults;
import dev.trunkline.sip.net.Listener;
import dev.trunkline.sip.net.PacketMark;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.Pulse;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.net.SourceGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * SIP over UDP at one address (RFC 3261 section 18). One thread reads: it asks the {@link SourceGuard} before it copies, copies
 * as much as was received, and hands it on. Outgoing messages leave by the same socket, from any thread, because a NAT at the
 * peer admits only packets from there.
 */
public final class UdpEndpoint implements Endpoint {
    /** Name in the fault counts. */
    public static final String RECEIVER = "sip-receiver";

    private static final long LONGEST_SELECT_MILLIS = 1_000;
    private static final long PAUSE_MILLIS = 10;

    private final Listener listener;
    private final SourceGuard guard;
    private final Inlet inlet;
    private final LongSupplier nanoTime;
    private final Faults faults;
    private final Pulse pulse;
    private final DatagramChannel channel;
    private final Selector selector;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Opens the socket; nothing is read before {@link #start}.
     *
     * @param receiveBufferBytes requested from the system, which may give less
     */
    public UdpEndpoint(
            Listener listener, int receiveBufferBytes, PacketMark mark, SourceGuard guard, Inlet inlet, LongSupplier nanoTime,
            Faults faults)
            throws IOException {
        this.listener = listener;
        this.guard = guard;
        this.inlet = inlet;
        this.nanoTime = nanoTime;
        this.faults = faults;
        this.pulse = new Pulse(nanoTime);
        this.thread = Thread.ofPlatform().daemon().name("sip-udp-" + listener.port()).unstarted(this::run);
        // An IPv6 socket bound to 0.0.0.0 would receive IPv6 too.
        channel = DatagramChannel.open(listener.isIpv6() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            mark.on(channel);
            // In non-blocking mode an interrupted sender does not close the socket, and a full send buffer holds up no lane.
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(InetAddress.ofLiteral(listener.address()), listener.port()));
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    public void start() {
        thread.start();
    }

    private void run() {
        byte[] octets = new byte[MessageLimits.MESSAGE];
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        while (!closed) {
            try {
                pulse.answer();
                selector.select(LONGEST_SELECT_MILLIS);
                selector.selectedKeys().clear();
                while (!closed && receive(buffer, octets)) {
                    // Reads on until no datagram is left.
                    pulse.answer();
                }
            } catch (ClosedChannelException e) {
                break;
            } catch (Throwable fault) {
                if (!closed) {
                    faults.caught(RECEIVER, fault);
                    pause();
                }
            }
        }
    }

    /** @return false if there is no datagram */
    private boolean receive(ByteBuffer buffer, byte[] octets) throws IOException {
        buffer.clear();
        if (!(channel.receive(buffer) instanceof InetSocketAddress from)) {
            return false;
        }
        long arrived = nanoTime.getAsLong();
        try {
            if (guard.lets(from.getAddress(), octets, 0, buffer.position())) {
                inlet.received(new Arrival(
                        Arrays.copyOf(octets, buffer.position()),
                        new PacketSource(from.getAddress(), from.getPort(), SipTransportKind.UDP),
                        this, Optional.empty(), arrived));
            }
        } catch (Throwable fault) {
            faults.caught(RECEIVER, fault);
        }
        return true;
    }

    /** Pauses, so that a socket that fails at each call does not use up a processor. */
    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            // The receiver continues: only close ends it.
        }
    }

    @Override
    public void send(byte[] octets, Peer peer, Runnable unsent) {
        try {
            // If the system's buffer is full, the message is dropped, as if lost in transit.
            channel.send(ByteBuffer.wrap(octets), peer.address());
        } catch (Throwable e) {
            // No route, message too long, invalid port: the peer's fault or the network's.
            unsent.run();
        }
    }

    @Override
    public Listener listener() {
        return listener;
    }

    @Override
    public void ask() {
        pulse.ask();
        selector.wakeup();
    }

    @Override
    public boolean alive() {
        return channel.isOpen() && thread.isAlive() && pulse.alive();
    }

    @Override
    public void close() {
        closed = true;
        try {
            selector.close();
            channel.close();
        } catch (IOException e) {
            // It is closed.
        }
    }
}
