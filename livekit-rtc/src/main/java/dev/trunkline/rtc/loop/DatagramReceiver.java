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

/** Takes datagrams from the sockets of a {@link MediaLoop} that are ready, and gives them to their handlers. On the loop. */
final class DatagramReceiver implements Consumer<SelectionKey> {

    private static final Logger LOG = Logger.getLogger(DatagramReceiver.class);

    /** More than any datagram that a path without fragments carries; longer ones are cut, and then fail to parse. */
    private static final int DATAGRAM_LIMIT = 4096;

    /** Datagrams taken from one socket that has several before the next gets its turn. */
    private static final int BURST = 32;

    private final FaultListener faults;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_LIMIT);
    private final byte[] datagram = new byte[DATAGRAM_LIMIT];
    /** Counts the selects, so that a socket knows whether it was ready in the one before as well. */
    private long round;
    private int taken;

    DatagramReceiver(FaultListener faults) {
        this.faults = faults;
    }

    /** Another select begins. */
    void begin() {
        round++;
        taken = 0;
    }

    /** Datagrams that came since it began. */
    int taken() {
        return taken;
    }

    @Override
    public void accept(SelectionKey key) {
        SocketRegistration registration = (SocketRegistration) key.attachment();
        DatagramChannel channel = registration.channel();
        // One is nearly always all there is, and looking for another costs as much as the one: so it is left to the next select to
        // tell of more, unless that is how it came to this one.
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
            // An ICMP error that an earlier packet caused. The socket goes on.
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
