package dev.trunkline.edge.hep;

import dev.trunkline.events.CallMessage;
import dev.trunkline.sip.net.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Sends each message of a call to Homer by UDP. A message that cannot be sent at once is dropped and counted, because it is worth
 * nothing later. Used by the one thread that delivers messages, which never waits for a name lookup.
 */
public final class HepSender implements Consumer<CallMessage>, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(HepSender.class);
    /** The port of HEP by default. */
    public static final int PORT = 9060;

    private static final long LOOK_UP_AGAIN = TimeUnit.MINUTES.toNanos(1);

    private final HostPort homer;
    private final int agent;
    private final Optional<String> password;
    private final Runnable leftOut;
    private final LongSupplier nanoTime;
    private final DatagramChannel channel;
    private volatile InetSocketAddress address;
    private long lookedUp;
    private Optional<Boolean> wentOut = Optional.empty();

    /**
     * @param homer where HEP is received, usually at port 9060; its name is looked up now and once a minute while there are calls
     * @param agent number of this capture agent
     * @param password as Homer asks for it; empty for none
     * @param leftOut told of each message that could not be sent
     * @param nanoTime as {@link System#nanoTime}
     */
    public HepSender(HostPort homer, int agent, Optional<String> password, Runnable leftOut, LongSupplier nanoTime) {
        this.homer = homer;
        this.agent = agent;
        this.password = password;
        this.leftOut = leftOut;
        this.nanoTime = nanoTime;
        this.address = InetSocketAddress.createUnresolved(homer.host(), homer.port());
        try {
            this.channel = DatagramChannel.open();
            channel.configureBlocking(false);
        } catch (IOException e) {
            throw new UncheckedIOException("no socket for HEP to " + homer.text(), e);
        }
        lookUp();
    }

    private void lookUp() {
        lookedUp = nanoTime.getAsLong();
        Thread.ofVirtual().name("homer-name").start(() -> {
            var found = new InetSocketAddress(homer.host(), homer.port());
            if (!found.isUnresolved()) {
                address = found;
            }
        });
    }

    @Override
    public void accept(CallMessage message) {
        if (nanoTime.getAsLong() - lookedUp > LOOK_UP_AGAIN) {
            lookUp();
        }
        InetSocketAddress now = address;
        if (now.isUnresolved()) {
            went(false, "its name cannot be resolved");
            return;
        }
        try {
            went(channel.send(HepPacket.of(message, agent, password), now) > 0, "the socket's send buffer is full");
        } catch (IOException e) {
            went(false, e.toString());
        }
    }

    /** Logs one line for each change. */
    private void went(boolean out, String why) {
        if (!out) {
            leftOut.run();
        }
        if (wentOut.filter(before -> before == out).isEmpty()) {
            if (out) {
                LOG.infof("messages of calls are sent to Homer at %s", homer.text());
            } else {
                LOG.warnf("messages of calls are not sent to Homer at %s: %s", homer.text(), why);
            }
        }
        wentOut = Optional.of(out);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debugf("the socket for HEP did not close: %s", e.getMessage());
        }
    }
}
