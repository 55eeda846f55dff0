package dev.trunkline.sip.transport;

import dev.trunkline.sip.message.MessageLimits;
import dev.trunkline.sip.net.ConnectionLimits;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.net.TransportWatch.Ending;
import dev.trunkline.sip.transport.tls.PeerNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocket;

/**
 * One TCP or TLS connection. Reading and writing block on separate virtual threads, so that a peer that does not send or does
 * not read holds up nothing else. {@link #overdue} returns whether a time limit has passed.
 *
 * <pre>
 *   handshake (TLS) -> open -> closed
 * </pre>
 */
public final class StreamConnection {
    private static final byte[] PONG = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST = new byte[0];
    /** Octets that may wait for a peer to read them. */
    private static final int LONGEST_QUEUE = 1 << 20;
    private static final int READ = 4096;
    private static final int MOST_ALIASES = 4;

    /** Takes the messages that a connection reads. Called on the connection's thread; may wait. */
    interface Reader {
        void opened(StreamConnection connection);

        void message(StreamConnection connection, byte[] octets);

        /** Takes the header section of a message whose end is unknown; the connection ends after the response. */
        void broken(StreamConnection connection, byte[] head);
    }

    private final Socket plain;
    private final Socket socket;
    private final SipTransportKind transport;
    private final ConnectionLimits limits;
    private final LongSupplier nanoTime;
    private final long began;
    private final BlockingQueue<byte[]> unsent = new LinkedBlockingQueue<>();
    private final AtomicInteger unsentBytes = new AtomicInteger();
    private final AtomicReference<Optional<Ending>> ending = new AtomicReference<>(Optional.empty());
    /** Addresses at which the peer's Vias said that it receives requests. */
    private final Set<InetSocketAddress> aliases = ConcurrentHashMap.newKeySet();
    private volatile PacketSource source;
    private volatile boolean open;
    private volatile boolean useful;
    private volatile Optional<Thread> writer = Optional.empty();
    private volatile long lastByte;
    /** When the current incomplete message began; 0 if there is none. */
    private volatile long messageBegan;
    /** When the current unfinished write began; 0 if there is none. */
    private volatile long writeBegan;

    /**
     * @param socket the plain socket, or TLS over it
     * @param ours whether we opened it
     */
    StreamConnection(
            Socket plain, Socket socket, SipTransportKind transport, ConnectionLimits limits, boolean ours, LongSupplier nanoTime) {
        this.plain = plain;
        this.socket = socket;
        this.transport = transport;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.useful = ours;
        this.source = source(Set.of());
        began = nanoTime.getAsLong();
        lastByte = began;
    }

    private PacketSource source(Set<String> names) {
        return new PacketSource(plain.getInetAddress(), plain.getPort(), transport, names);
    }

    /** Performs the handshake and reads until either side closes the connection. */
    void run(Reader reader) {
        try {
            handshake();
            reader.opened(this);
            read(reader);
            ends(Ending.PEER);
            unsent.add(LAST);
            if (writer.isPresent()) {
                // The last responses must still be sent.
                writer.get().join(limits.message());
            }
        } catch (IOException e) {
            ends(open ? Ending.PEER : Ending.HANDSHAKE_FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(Ending.SHUTDOWN);
        }
    }

    /** Performs the TLS handshake. Does nothing for a connection that is already open. */
    void handshake() throws IOException {
        if (open) {
            return;
        }
        if (socket instanceof SSLSocket tls) {
            tls.startHandshake();
            source = source(PeerNames.of(tls.getSession()));
        }
        lastByte = nanoTime.getAsLong();
        open = true;
        writer = Optional.of(Thread.ofVirtual().name("sip-write").start(this::write));
    }

    /** Returns whether a TLS server is the one that was requested; without TLS there is nothing to check. */
    boolean isNamed(String asked) {
        return !(socket instanceof SSLSocket tls) || PeerNames.isNamed(tls.getSession(), asked);
    }

    private void read(Reader reader) throws IOException {
        InputStream in = socket.getInputStream();
        var framer = new SipFramer(MessageLimits.MESSAGE);
        byte[] octets = new byte[READ];
        for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
            lastByte = nanoTime.getAsLong();
            framer.add(octets, count);
            for (Optional<Frame> frame = framer.next(); frame.isPresent(); frame = framer.next()) {
                messageBegan = 0;
                switch (frame.get()) {
                    case Frame.Message(var message) -> reader.message(this, message);
                    case Frame.Ping() -> send(PONG);
                    case Frame.Broken(var fault, var head) -> {
                        if (head.length > 0) {
                            reader.broken(this, head);
                        }
                        ends(ending(fault));
                        return;
                    }
                }
            }
            if (framer.inMessage() && messageBegan == 0) {
                messageBegan = nanoTime.getAsLong();
            }
        }
    }

    private static Ending ending(Frame.Fault fault) {
        return switch (fault) {
            case NOT_SIP -> Ending.NOT_SIP;
            case TOO_LONG -> Ending.MESSAGE_TOO_LONG;
            case WRONG_LENGTH -> Ending.WRONG_LENGTH;
        };
    }

    /** Queues octets without waiting. @return false if the connection is closed or the peer reads too slowly */
    boolean send(byte[] octets) {
        if (ending().isPresent()) {
            return false;
        }
        if (unsentBytes.addAndGet(octets.length) > LONGEST_QUEUE) {
            close(Ending.NOT_READING);
            return false;
        }
        unsent.add(octets);
        return true;
    }

    private void write() {
        try {
            OutputStream out = socket.getOutputStream();
            for (byte[] octets = unsent.take(); octets != LAST; octets = unsent.take()) {
                writeBegan = nanoTime.getAsLong();
                out.write(octets);
                writeBegan = 0;
                lastByte = nanoTime.getAsLong();
                unsentBytes.addAndGet(-octets.length);
            }
            // Octets of the peer that are no longer read must not cause the last data sent to be lost.
            plain.shutdownOutput();
        } catch (IOException e) {
            close(Ending.PEER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeSocket();
        }
    }

    /** Closes the connection. Only the first call sets the reason. */
    void close(Ending why) {
        ends(why);
        unsent.add(LAST);
        closeSocket();
    }

    /** Ends the connection after the queued data is written; {@link #close} cuts off a peer that does not read it. */
    void finish() {
        ends(Ending.SHUTDOWN);
        unsent.add(LAST);
    }

    private void ends(Ending why) {
        ending.compareAndSet(Optional.empty(), Optional.of(why));
    }

    /** Closes the plain socket: closing TLS would wait for a peer that may not read. */
    private void closeSocket() {
        try {
            plain.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    /** @return why it must be closed now, if it must be */
    Optional<Ending> overdue(long now, Predicate<PacketSource> inUse) {
        if (!open) {
            return since(began, now, limits.handshake()) ? Optional.of(Ending.HANDSHAKE_SLOW) : Optional.empty();
        }
        if (since(messageBegan, now, limits.message())) {
            return Optional.of(Ending.MESSAGE_SLOW);
        }
        if (since(writeBegan, now, limits.message())) {
            return Optional.of(Ending.NOT_READING);
        }
        if (!useful && since(began, now, limits.useful())) {
            return Optional.of(Ending.SILENT);
        }
        if (since(lastByte, now, limits.idle())) {
            if (!inUse.test(source)) {
                return Optional.of(Ending.IDLE);
            }
            // A call uses it: checked again after the same time.
            lastByte = now;
        }
        return Optional.empty();
    }

    private static boolean since(long begin, long now, Duration longest) {
        return begin != 0 && now - begin > longest.toNanos();
    }

    /** Records that a message on this connection was accepted. */
    void useful() {
        useful = true;
    }

    /** @return false if the alias is already known, or there are too many */
    boolean advertises(InetSocketAddress alias) {
        return !aliases.contains(alias) && aliases.size() < MOST_ALIASES && aliases.add(alias);
    }

    Set<InetSocketAddress> aliases() {
        return aliases;
    }

    Optional<Ending> ending() {
        return ending.get();
    }

    boolean isOpen() {
        return open && ending().isEmpty();
    }

    PacketSource source() {
        return source;
    }
}
