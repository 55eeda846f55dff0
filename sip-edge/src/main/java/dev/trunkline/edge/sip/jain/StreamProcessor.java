package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.SipTransportKind;
import dev.trunkline.edge.sip.TransportWatch.Ending;
import gov.nist.core.HostPort;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * TCP or TLS at one address, instead of the stack's own processors: those believe any Content-Length, know no compact
 * form of it, shake hands on the one thread that reads everything, and spin when a peer says goodbye by TLS's rules.
 */
final class StreamProcessor extends MessageProcessor {
    private static final Logger LOG = Logger.getLogger(StreamProcessor.class);
    private static final int BACKLOG = 512;
    private static final int SWEEP_MILLIS = 200;

    private final SipTransportKind kind;
    private final StreamParts parts;
    private final ConnectionCount count;
    private final Map<StreamConnection, StreamChannel> channels = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, StreamChannel> byPeer = new ConcurrentHashMap<>();
    private volatile ServerSocket server;
    private volatile boolean stopped;

    StreamProcessor(InetAddress address, int port, SipTransportKind kind, SIPTransactionStack stack, StreamParts parts) {
        super(address, port, kind.name(), stack);
        this.kind = kind;
        this.parts = parts;
        this.count = new ConnectionCount(parts.limits());
    }

    @Override
    public void start() throws IOException {
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(getIpAddress(), getPort()), BACKLOG);
        Thread.ofPlatform().daemon().name("sip-accept-" + kind.code() + "-" + getPort()).start(this::accept);
        Thread.ofVirtual().name("sip-sweep").start(this::sweep);
    }

    private void accept() {
        while (!stopped) {
            try {
                take(server.accept());
            } catch (IOException e) {
                if (!stopped) {
                    // Too many open files, most likely: what is open goes on.
                    LOG.warnf("a connection could not be taken: %s", e.getMessage());
                    pause();
                }
            }
        }
    }

    /** A stranger's connection is reset before a byte is read from it, and before any handshake. */
    private void take(Socket plain) {
        try {
            if (!parts.guard().lets(plain.getInetAddress())) {
                reset(plain);
                return;
            }
            Optional<Ending> refused = count.take(plain.getInetAddress());
            if (refused.isPresent()) {
                parts.watch().refused(refused.get());
                reset(plain);
                return;
            }
            plain.setTcpNoDelay(true);
            Socket socket = kind == SipTransportKind.TLS ? parts.tls().orElseThrow().accepted(plain) : plain;
            begin(new StreamConnection(plain, socket, kind, parts.limits()));
        } catch (IOException e) {
            reset(plain);
        }
    }

    private StreamChannel begin(StreamConnection connection) {
        var channel = new StreamChannel(this, connection);
        channels.put(connection, channel);
        parts.watch().opened(kind);
        Thread.ofVirtual().name("sip-read").start(() -> {
            try {
                connection.run(channel);
            } finally {
                forget(channel);
            }
        });
        return channel;
    }

    private static void reset(Socket plain) {
        try {
            plain.setSoLinger(true, 0);
            plain.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    void opened(StreamChannel channel) {
        byPeer.put(peer(channel), channel);
    }

    void close(StreamChannel channel) {
        channel.connection().close(Ending.SHUTDOWN);
    }

    private void forget(StreamChannel channel) {
        if (channels.remove(channel.connection()) != null) {
            byPeer.remove(peer(channel), channel);
            count.release(channel.source().address());
            parts.watch().closed(kind, channel.connection().ending().orElse(Ending.PEER));
        }
    }

    private static InetSocketAddress peer(StreamChannel channel) {
        return new InetSocketAddress(channel.source().address(), channel.source().port());
    }

    /** Closes what is too slow or idle. */
    private void sweep() {
        while (!stopped) {
            pause();
            long now = System.nanoTime();
            channels.keySet().forEach(connection ->
                    connection.overdue(now, parts.inUse()).ifPresent(connection::close));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(SWEEP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The connection to a peer: the one that is there, be it one that the peer made and said in its Via to take requests at
     * that port (RFC 5923); else a new one.
     */
    StreamChannel channelTo(InetAddress address, int port) throws IOException {
        StreamChannel known = byPeer.get(new InetSocketAddress(address, port));
        if (known != null && known.connection().isOpen()) {
            return known;
        }
        Optional<StreamChannel> alias = channels.values().stream()
                .filter(channel -> channel.connection().isOpen()
                        && channel.advertisedPort() == port
                        && channel.source().address().equals(address))
                .findFirst();
        return alias.isPresent() ? alias.get() : connect(address, port);
    }

    private StreamChannel connect(InetAddress address, int port) throws IOException {
        if (stopped) {
            throw new IOException("SIP is closed");
        }
        int patience = Math.toIntExact(parts.limits().handshake().toMillis());
        var plain = new Socket();
        try {
            if (!getIpAddress().isAnyLocalAddress()) {
                plain.bind(new InetSocketAddress(getIpAddress(), 0));
            }
            plain.connect(new InetSocketAddress(address, port), patience);
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(patience);
            Socket socket = kind == SipTransportKind.TLS
                    ? parts.tls().orElseThrow().connected(plain, address.getHostAddress(), port)
                    : plain;
            var connection = new StreamConnection(plain, socket, kind, parts.limits());
            connection.handshake();
            plain.setSoTimeout(0);
            count.takeOurs(address);
            StreamChannel channel = begin(connection);
            opened(channel);
            return channel;
        } catch (IOException e) {
            reset(plain);
            throw e;
        }
    }

    @Override
    public MessageChannel createMessageChannel(HostPort target) throws IOException {
        return channelTo(target.getInetAddress(), target.getPort());
    }

    @Override
    public MessageChannel createMessageChannel(InetAddress host, int port) throws IOException {
        return channelTo(host, port);
    }

    @Override
    public void stop() {
        stopped = true;
        try {
            server.close();
        } catch (IOException e) {
            // It is closed.
        }
        channels.keySet().forEach(connection -> connection.close(Ending.SHUTDOWN));
    }

    @Override
    public SIPTransactionStack getSIPStack() {
        return sipStack;
    }

    @Override
    public int getDefaultTargetPort() {
        return kind.defaultPort();
    }

    @Override
    public boolean isSecure() {
        return kind == SipTransportKind.TLS;
    }

    @Override
    public int getMaximumMessageSize() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean inUse() {
        return !channels.isEmpty();
    }
}
