package dev.trunkline.rtc.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP relay before the server's signalling port that can be cut, and made whole again. */
public final class Wire implements AutoCloseable {

    private final ServerSocket listening;
    private volatile int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private Wire(ServerSocket listening, int target) {
        this.listening = listening;
        this.target = target;
    }

    public static Wire to(int target) throws IOException {
        Wire wire = new Wire(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        Thread.ofVirtual().start(wire::accept);
        return wire;
    }

    public URI url() {
        return URI.create("ws://127.0.0.1:" + listening.getLocalPort());
    }

    /** Ends what is connected, and takes new connections as before. */
    public void cutOnce() throws IOException {
        for (Socket socket : sockets) {
            sockets.remove(socket);
            reset(socket);
        }
    }

    /** New connections go there. */
    public void redirect(int otherTarget) {
        target = otherTarget;
    }

    /** Nothing that is on its way arrives any more. */
    private static void reset(Socket socket) throws IOException {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException closedAlready) {
            return;
        }
        socket.close();
    }

    /** Ends what is connected, and every new connection at once. */
    public void cut() throws IOException {
        cut = true;
        cutOnce();
    }

    public void mend() {
        cut = false;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cutOnce();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                if (cut) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.removeIf(Socket::isClosed);
                sockets.add(client);
                sockets.add(server);
                Thread.ofPlatform().daemon().start(() -> pump(client, server));
                Thread.ofPlatform().daemon().start(() -> pump(server, client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            byte[] bytes = new byte[8192];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                out.write(bytes, 0, n);
            }
        } catch (IOException cut) {
            // That is what it is for.
        }
    }
}
