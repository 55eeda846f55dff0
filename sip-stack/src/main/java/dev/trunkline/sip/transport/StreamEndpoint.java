package dev.trunkline.sip.transport;

import dev.trunkline.sip.net.Listener;
import dev.trunkline.sip.net.Pulse;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.net.TransportWatch.Ending;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;

/** SIP over TCP or TLS at one address (RFC 3261 section 18). One thread accepts; each connection has its own virtual threads. */
public final class StreamEndpoint implements Endpoint {
    /** Name in the fault counts. */
    public static final String ACCEPTOR = "sip-acceptor";
    public static final String SWEEP = "sip-sweep";

    private static final int BACKLOG = 512;
    private static final int SWEEP_MILLIS = 200;
    /** How often the acceptor can report that it is alive. */
    private static final int LONGEST_ACCEPT_MILLIS = 250;

    private final Listener listener;
    private final StreamParts parts;
    private final SipTransportKind kind;
    private final Pulse acceptor;
    private final Pulse sweeper;
    private final Connections connections;
    private final ServerSocket server;
    private final Thread thread;
    private volatile boolean closed;

    /** Opens the socket; no connection is accepted before {@link #start}. */
    public StreamEndpoint(Listener listener, StreamParts parts) throws IOException {
        this.listener = listener;
        this.parts = parts;
        this.kind = listener.transport();
        this.acceptor = new Pulse(parts.nanoTime());
        this.sweeper = new Pulse(parts.nanoTime());
        InetAddress address = InetAddress.ofLiteral(listener.address());
        this.connections = new Connections(this, address, parts);
        this.thread = Thread.ofPlatform().daemon().name("sip-accept-" + kind.code() + "-" + listener.port()).unstarted(this::accept);
        server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.setSoTimeout(LONGEST_ACCEPT_MILLIS);
            server.bind(new InetSocketAddress(address, listener.port()), BACKLOG);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    public void start() {
        thread.start();
        Thread.ofVirtual().name("sip-sweep").start(this::sweep);
    }

    private void accept() {
        while (!closed) {
            acceptor.answer();
            try {
                take(server.accept());
            } catch (SocketTimeoutException e) {
                // No connection arrived.
            } catch (Throwable fault) {
                if (!closed) {
                    // Too many open files, most likely: open connections continue.
                    parts.faults().caught(ACCEPTOR, fault);
                    pause();
                }
            }
        }
    }

    /** Takes a new connection. One that the guard rejects is reset before an octet is read from it, and before any handshake. */
    private void take(Socket plain) throws IOException {
        boolean taken = false;
        try {
            if (!parts.guard().lets(plain.getInetAddress())) {
                return;
            }
            boolean stranger = !parts.guard().knows(plain.getInetAddress());
            Optional<Ending> refused = connections.count().refuses(plain.getInetAddress(), stranger);
            if (refused.isPresent()) {
                parts.watch().refused(refused.get());
                return;
            }
            plain.setTcpNoDelay(true);
            parts.mark().on(plain);
            Socket socket = kind == SipTransportKind.TLS ? parts.tls().orElseThrow().accepted(plain) : plain;
            connections.begin(
                    new StreamConnection(plain, socket, kind, parts.limits(), false, parts.nanoTime()),
                    connections.count().take(plain.getInetAddress(), stranger));
            taken = true;
        } finally {
            if (!taken) {
                Connections.reset(plain);
            }
        }
    }

    /** Closes connections that are too slow or idle. */
    private void sweep() {
        while (!closed) {
            pause();
            sweeper.answer();
            parts.faults().contain(SWEEP, connections::closeOverdue);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(SWEEP_MILLIS);
        } catch (InterruptedException e) {
            // Only close ends this thread.
        }
    }

    @Override
    public void send(byte[] octets, Peer peer, Runnable unsent) {
        connections.send(octets, peer, unsent);
    }

    @Override
    public void advertised(StreamConnection connection, int port) {
        connections.advertised(connection, port);
    }

    @Override
    public Listener listener() {
        return listener;
    }

    @Override
    public void ask() {
        acceptor.ask();
        sweeper.ask();
    }

    @Override
    public boolean alive() {
        return !server.isClosed() && thread.isAlive() && acceptor.alive() && sweeper.alive();
    }

    @Override
    public void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException e) {
            // It is closed.
        }
        connections.close();
        awaitEnd();
    }

    /** Waits for the accepting thread, which keeps the port until it notices the close. */
    private void awaitEnd() {
        try {
            thread.join(LONGEST_ACCEPT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
