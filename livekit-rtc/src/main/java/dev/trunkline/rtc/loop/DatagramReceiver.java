package dev.trunkline.rtc.loop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Receives datagrams from the ready sockets of a {@link MediaLoop} and passes them to their handlers. Runs on the loop. */
final class DatagramReceiver implements Consumer<SelectionKey> {

    private static final Logger LOG = Logger.getLogger(DatagramReceiver.class);

    /** Larger than any datagram that a path carries without fragmentation; longer ones are truncated, and then fail to parse. */
    private static final int DATAGRAM_LIMIT = 4096;

    /** Datagrams read from one socket with several pending, before the next socket gets its turn. */
    private static final int BURST = 32;

    private final FaultListener faults;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_LIMIT);
    private final byte[] datagram = new byte[DATAGRAM_LIMIT];
    /** Counts the selects, so that a socket knows whether it was also ready in the previous one. */
    private long round;
    private int taken;

    DatagramReceiver(FaultListener faults) {
        this.faults = faults;
    }

    /** A new select begins. */
    void begin() {
        round++;
        taken = 0;
    }

    /** Datagrams received since the select began. */
    int taken() {
        return taken;
    }

    @Override
    public void accept(SelectionKey key) {
        SocketRegistration registration = (SocketRegistration) key.attachment();
        DatagramChannel channel = registration.channel();
        // Nearly always there is only one, and looking for another costs as much as reading one. So a second datagram is left for the
        // next select to report, unless the socket was ready in the previous select too.
        int most = registration.readyAgain(round) ? BURST : 1;
        try {
            for (int i = 0; i < most; i++) {
                buffer.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
                if (from == null) {
                    return;
                }
                taken++;
                int length = buffer.position();
                buffer.flip().get(datagram, 0, length);
                deliver(registration, from, length);
            }
        } catch (ClosedChannelException | CancelledKeyException e) {
            key.cancel();
        } catch (IOException e) {
            // An ICMP error caused by an earlier packet. The socket continues to work.
            LOG.debug("a socket of the media loop reported an error", e);
        } catch (Throwable fault) {
            faults.tell("media-loop-socket", fault);
        }
    }

    private void deliver(SocketRegistration registration, InetSocketAddress from, int length) {
        try {
            registration.handler().received(from, datagram, length);
        } catch (Throwable fault) {
            faults.tell("media-loop-packet", fault);
        }
    }
}
