package dev.trunkline.rtc.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP relay in front of the server's signalling port that can be cut and restored, and can corrupt an answer. */
public final class Wire implements AutoCloseable {

    private static final String UFRAG = "a=ice-ufrag:";

    private final ServerSocket listening;
    private volatile int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile boolean falsify;
    private volatile CountDownLatch hold = new CountDownLatch(0);
    private final Semaphore held = new Semaphore(0);
    private final AtomicInteger answers = new AtomicInteger();

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

    /** Ends existing connections; new connections are accepted as before. */
    public void cutOnce() throws IOException {
        for (Socket socket : sockets) {
            sockets.remove(socket);
            reset(socket);
        }
    }

    /** Sends new connections to another target. */
    public void redirect(int otherTarget) {
        target = otherTarget;
    }

    /** Resets a connection; nothing in flight arrives any more. */
    private static void reset(Socket socket) throws IOException {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException closedAlready) {
            return;
        }
        socket.close();
    }

    /** Ends existing connections, and every new connection immediately. */
    public void cut() throws IOException {
        cut = true;
        cutOnce();
    }

    /** Replaces the ICE credentials in the next answer of the server by ones that the server does not know. */
    public void falsifyFirstAnswer() {
        falsify = true;
    }

    /** Returns the number of the server's answers that have passed. */
    public int answers() {
        return answers.get();
    }

    public void mend() {
        cut = false;
    }

    /** Ends existing connections; new connections are held and reach the server once they are let on. */
    public void cutAndHold() throws IOException {
        hold = new CountDownLatch(1);
        cutOnce();
    }

    /** Waits until a new connection is held. */
    public void awaitHeld() throws InterruptedException {
        held.acquire();
    }

    public void letOn() {
        hold.countDown();
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
                if (hold.getCount() > 0) {
                    held.release();
                    hold.await();
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.removeIf(Socket::isClosed);
                sockets.add(client);
                sockets.add(server);
                Thread.ofPlatform().daemon().start(() -> pump(client, server, (bytes, length) -> { }));
                Thread.ofPlatform().daemon().start(() -> pump(server, client, this::inspect));
            }
        } catch (IOException | InterruptedException closed) {
            // The test is over.
        }
    }

    private interface Inspector {
        void inspect(byte[] bytes, int length);
    }

    private static void pump(Socket from, Socket to, Inspector inspector) {
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            byte[] bytes = new byte[65_536];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                inspector.inspect(bytes, n);
                out.write(bytes, 0, n);
            }
        } catch (IOException cut) {
            // Cutting connections is the purpose of this class.
        }
    }

    /** Counts answers in the server's messages, which are neither masked nor compressed; the server writes each at once. */
    private void inspect(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        int answer = text.indexOf("v=0\r\n");
        if (answer < 0) {
            return;
        }
        answers.incrementAndGet();
        if (falsify) {
            falsify = false;
            for (int i = text.indexOf(UFRAG); i >= 0; i = text.indexOf(UFRAG, i + 1)) {
                Arrays.fill(bytes, i + UFRAG.length(), text.indexOf('\r', i), (byte) 'x');
            }
        }
    }
}
