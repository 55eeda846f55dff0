package dev.trunkline.sip.transport;

import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.net.TransportWatch.Ending;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections of one listener: those that were made to it, and those that we made for it. Messages to a peer use an
 * existing connection, which may be one that the peer opened and for which its Via names that port (RFC 5923). Thread-safe.
 */
final class Connections implements StreamConnection.Reader {
    /** Name in the fault counts. */
    static final String CONNECTION = "sip-connection";

    private static final int FULL_LANE_MILLIS = 5;
    private static final int LAST_WAIT_MILLIS = 10;
    private static final int LAST_WAITS = 30;

    private final StreamEndpoint endpoint;
    private final InetAddress local;
    private final StreamParts parts;
    private final ConnectionCount count;
    private final Map<StreamConnection, ConnectionCount.Place> open = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, StreamConnection> byPeer = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, StreamConnection> byAlias = new ConcurrentHashMap<>();
    private final Map<Peer, CompletableFuture<StreamConnection>> underWay = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param local address from which our connections are made */
    Connections(StreamEndpoint endpoint, InetAddress local, StreamParts parts) {
        this.endpoint = endpoint;
        this.local = local;
        this.parts = parts;
        this.count = new ConnectionCount(parts.limits());
    }

    ConnectionCount count() {
        return count;
    }

    void begin(StreamConnection connection, ConnectionCount.Place place) {
        open.put(connection, place);
        parts.watch().opened(endpoint.listener().transport());
        Thread.ofVirtual().name("sip-read").start(() -> {
            try {
                parts.faults().contain(CONNECTION, () -> connection.run(this));
            } finally {
                connection.close(Ending.SHUTDOWN);
                forget(connection);
            }
        });
        if (closed) {
            connection.close(Ending.SHUTDOWN);
        }
    }

    private void forget(StreamConnection connection) {
        Optional.ofNullable(open.remove(connection)).ifPresent(place -> {
            byPeer.remove(peer(connection), connection);
            connection.aliases().forEach(alias -> byAlias.remove(alias, connection));
            place.release();
            parts.watch().closed(endpoint.listener().transport(), connection.ending().orElse(Ending.PEER));
        });
    }

    @Override
    public void opened(StreamConnection connection) {
        byPeer.put(peer(connection), connection);
    }

    /** Records that a request arrived by this connection whose Via names that port, where the peer claims to accept connections. */
    void advertised(StreamConnection connection, int port) {
        var alias = new InetSocketAddress(connection.source().address(), port);
        if (connection.advertises(alias)) {
            byAlias.put(alias, connection);
            if (!connection.isOpen()) {
                byAlias.remove(alias, connection);
            }
        }
    }

    private static InetSocketAddress peer(StreamConnection connection) {
        PacketSource source = connection.source();
        return new InetSocketAddress(source.address(), source.port());
    }

    /** Stops reading while too many messages wait. That holds up the peer's sending, and nothing is lost. */
    @Override
    public void message(StreamConnection connection, byte[] octets) {
        var arrival = new Arrival(
                octets, connection.source(), endpoint, Optional.of(connection), parts.nanoTime().getAsLong());
        while (!parts.inlet().received(arrival) && connection.isOpen()) {
            try {
                Thread.sleep(FULL_LANE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void broken(StreamConnection connection, byte[] head) {
        parts.inlet().broken(head, connection.source()).ifPresent(connection::send);
    }

    void closeOverdue() {
        long now = parts.nanoTime().getAsLong();
        for (StreamConnection connection : open.keySet()) {
            connection.overdue(now, parts.inlet()::inUse).ifPresent(connection::close);
        }
    }

    /** Sends without waiting. */
    void send(byte[] octets, Peer peer, Runnable unsent) {
        Optional<StreamConnection> known = known(peer);
        if (known.isPresent() && known.get().send(octets)) {
            return;
        }
        if (closed) {
            unsent.run();
            return;
        }
        // Several messages to one peer share one connection.
        CompletableFuture<StreamConnection> made = underWay.computeIfAbsent(peer, this::connecting);
        made.whenComplete((connection, failure) -> {
            if (failure != null || !connection.send(octets)) {
                unsent.run();
            }
        });
    }

    private Optional<StreamConnection> known(Peer peer) {
        StreamConnection direct = byPeer.get(peer.address());
        if (direct != null && fits(direct, peer)) {
            return Optional.of(direct);
        }
        return Optional.ofNullable(byAlias.get(peer.address())).filter(connection -> fits(connection, peer));
    }

    /**
     * Returns whether a connection may be used for a peer. If a name was requested, a TLS connection fits only if the
     * certificate at its other end has that name (RFC 5923 section 8.1). If an address was requested, the address is all that
     * we know of the peer, and the connection fits.
     */
    private boolean fits(StreamConnection connection, Peer peer) {
        return connection.isOpen()
                && (endpoint.listener().transport() != SipTransportKind.TLS
                        || peer.name().equals(peer.address().getAddress().getHostAddress())
                        || connection.isNamed(peer.name()));
    }

    private CompletableFuture<StreamConnection> connecting(Peer peer) {
        var made = new CompletableFuture<StreamConnection>();
        Thread.ofVirtual().name("sip-connect").start(() -> {
            try {
                made.complete(connect(peer));
            } catch (Throwable fault) {
                made.completeExceptionally(fault);
            } finally {
                underWay.remove(peer, made);
            }
        });
        return made;
    }

    private StreamConnection connect(Peer peer) throws IOException {
        SipTransportKind kind = endpoint.listener().transport();
        int patience = Math.toIntExact(parts.limits().handshake().toMillis());
        var plain = new Socket();
        try {
            if (!local.isAnyLocalAddress()) {
                plain.bind(new InetSocketAddress(local, 0));
            }
            parts.mark().on(plain);
            plain.connect(peer.address(), patience);
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(patience);
            Socket socket = kind == SipTransportKind.TLS
                    ? parts.tls().orElseThrow().connected(plain, peer.name(), peer.address().getPort())
                    : plain;
            var connection = new StreamConnection(plain, socket, kind, parts.limits(), true, parts.nanoTime());
            connection.handshake();
            if (!connection.isNamed(peer.name())) {
                connection.close(Ending.WRONG_NAME);
                parts.watch().refused(Ending.WRONG_NAME);
                throw new IOException("the certificate does not match the requested name");
            }
            plain.setSoTimeout(0);
            // A call needs this connection, however many there are.
            begin(connection, count.take(peer.address().getAddress(), false));
            opened(connection);
            return connection;
        } catch (IOException | RuntimeException e) {
            reset(plain);
            throw e;
        }
    }

    static void reset(Socket plain) {
        try {
            plain.setSoLinger(true, 0);
            plain.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    void close() {
        closed = true;
        open.keySet().forEach(StreamConnection::finish);
        for (int i = 0; i < LAST_WAITS && !open.isEmpty(); i++) {
            try {
                Thread.sleep(LAST_WAIT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        open.keySet().forEach(connection -> connection.close(Ending.SHUTDOWN));
    }
}
