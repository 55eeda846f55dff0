package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.ConnectionLimits;
import dev.trunkline.edge.sip.PacketSource;
import dev.trunkline.edge.sip.SipTransportKind;
import dev.trunkline.edge.sip.TransportWatch.Ending;
import dev.trunkline.edge.sip.tls.PeerNames;
import dev.trunkline.edge.sip.wire.Frame;
import dev.trunkline.edge.sip.wire.SipFramer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocket;

/**
 * One TCP or TLS connection. Reading and writing wait on virtual threads of their own, so that a peer who does not send,
 * or does not read, holds up nobody; {@link #overdue} tells when its patience is used up.
 *
 * <pre>
 *   handshake (TLS) -> open -> closed
 * </pre>
 */
final class StreamConnection {
    /** Longer messages are answered by the stack with 513, much longer ones end the connection. */
    static final int LONGEST_MESSAGE = 2 * StackProperties.LONGEST_MESSAGE;

    private static final byte[] PONG = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST = new byte[0];
    /** Bytes that may wait for a peer to read them. */
    private static final int LONGEST_QUEUE = 1 << 20;

    /** Takes what a connection reads; called on its thread. */
    interface Reader {
        void opened();

        void message(byte[] bytes);

        /** The header section of a message that nobody knows the end of; the connection ends after the answer. */
        void broken(byte[] head);
    }

    private final Socket plain;
    private final Socket socket;
    private final SipTransportKind transport;
    private final ConnectionLimits limits;
    private final long began = System.nanoTime();
    private final BlockingQueue<byte[]> unsent = new LinkedBlockingQueue<>();
    private final AtomicInteger unsentBytes = new AtomicInteger();
    private final AtomicReference<Ending> ending = new AtomicReference<>();
    private volatile Set<String> peerNames = Set.of();
    private volatile boolean open;
    private volatile Thread writer;
    private volatile long lastByte = began;
    /** When the message began that is not whole yet; 0 if there is none. */
    private volatile long messageBegan;
    /** When the write began that is not done; 0 if there is none. */
    private volatile long writeBegan;

    /** @param socket the plain one, or TLS over it */
    StreamConnection(Socket plain, Socket socket, SipTransportKind transport, ConnectionLimits limits) {
        this.plain = plain;
        this.socket = socket;
        this.transport = transport;
        this.limits = limits;
    }

    /** Shakes hands and reads until the end, whoever brings it about. */
    void run(Reader reader) {
        try {
            handshake();
            reader.opened();
            read(reader);
            ending.compareAndSet(null, Ending.PEER);
            unsent.add(LAST);
            writer.join(limits.message());
        } catch (IOException e) {
            ending.compareAndSet(null, open ? Ending.PEER : Ending.HANDSHAKE_FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(Ending.SHUTDOWN);
        }
    }

    /** Does nothing for a connection that is open already. */
    void handshake() throws IOException {
        if (open) {
            return;
        }
        if (socket instanceof SSLSocket tls) {
            tls.startHandshake();
            peerNames = PeerNames.of(tls.getSession());
        }
        lastByte = System.nanoTime();
        open = true;
        writer = Thread.ofVirtual().name("sip-write").start(this::write);
    }

    private void read(Reader reader) throws IOException {
        InputStream in = socket.getInputStream();
        var framer = new SipFramer(LONGEST_MESSAGE);
        byte[] bytes = new byte[4096];
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
            lastByte = System.nanoTime();
            framer.add(bytes, count);
            for (Optional<Frame> frame = framer.next(); frame.isPresent(); frame = framer.next()) {
                messageBegan = 0;
                switch (frame.get()) {
                    case Frame.Message(var message) -> reader.message(message);
                    case Frame.Ping() -> send(PONG);
                    case Frame.Broken(var fault, var head) -> {
                        if (head.length > 0) {
                            reader.broken(head);
                        }
                        ending.compareAndSet(null, switch (fault) {
                            case NOT_SIP -> Ending.NOT_SIP;
                            case TOO_LONG -> Ending.MESSAGE_TOO_LONG;
                            case WRONG_LENGTH -> Ending.WRONG_LENGTH;
                        });
                        return;
                    }
                }
            }
            if (framer.inMessage() && messageBegan == 0) {
                messageBegan = lastByte;
            }
        }
    }

    /** Never waits. @return false if the connection is closed or the peer reads too little */
    boolean send(byte[] bytes) {
        if (ending.get() != null) {
            return false;
        }
        if (unsentBytes.addAndGet(bytes.length) > LONGEST_QUEUE) {
            close(Ending.NOT_READING);
            return false;
        }
        unsent.add(bytes);
        return true;
    }

    private void write() {
        try {
            OutputStream out = socket.getOutputStream();
            for (byte[] bytes = unsent.take(); bytes != LAST; bytes = unsent.take()) {
                writeBegan = System.nanoTime();
                out.write(bytes);
                writeBegan = 0;
                lastByte = System.nanoTime();
                unsentBytes.addAndGet(-bytes.length);
            }
            // What was sent last must not be lost for bytes of the peer that nobody reads any more.
            plain.shutdownOutput();
        } catch (IOException e) {
            close(Ending.PEER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeSocket();
        }
    }

    /** The first who closes it says why. */
    void close(Ending why) {
        ending.compareAndSet(null, why);
        unsent.add(LAST);
        closeSocket();
    }

    /** The plain one: closing TLS waits for a peer who may not read. */
    private void closeSocket() {
        try {
            plain.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    /** @return why it must be closed now, if it must */
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
        if (since(lastByte, now, limits.idle())) {
            if (!inUse.test(source())) {
                return Optional.of(Ending.IDLE);
            }
            // A call hangs on it: asked again when as much time has passed.
            lastByte = now;
        }
        return Optional.empty();
    }

    private static boolean since(long begin, long now, Duration longest) {
        return begin != 0 && now - begin > longest.toNanos();
    }

    Optional<Ending> ending() {
        return Optional.ofNullable(ending.get());
    }

    boolean isOpen() {
        return open && ending.get() == null;
    }

    PacketSource source() {
        return new PacketSource(plain.getInetAddress(), plain.getPort(), transport, peerNames);
    }

    SipTransportKind transport() {
        return transport;
    }
}
