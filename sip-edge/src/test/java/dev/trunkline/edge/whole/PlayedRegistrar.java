package dev.trunkline.edge.whole;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A carrier's gateway and registrar that writes its own datagrams: it shares no code with what it tests. */
final class PlayedRegistrar implements AutoCloseable {
    static final String CHALLENGE = "401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"carrier\", nonce=\"n0nce\", qop=\"auth\"";

    final BlockingQueue<String> registers = new LinkedBlockingQueue<>();
    final BlockingQueue<String> options = new LinkedBlockingQueue<>();
    /** Maps a REGISTER to its answer: status line and further header lines; empty for no answer at all. */
    volatile UnaryOperator<String> registrar = request -> request.contains("\r\nAuthorization: ") ? "200 OK" + binding(request, 60) : CHALLENGE;
    volatile boolean silent;
    private final DatagramSocket socket;

    PlayedRegistrar(String address) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(address, 0));
        Thread.ofPlatform().daemon().name("played-registrar").start(this::run);
    }

    int port() {
        return socket.getLocalPort();
    }

    static String binding(String request, int seconds) {
        return "\r\n" + line(request, "Contact") + ";expires=" + seconds;
    }

    static String line(String request, String name) {
        return request.lines().filter(line -> line.startsWith(name + ": ")).findFirst().orElse("");
    }

    private void run() {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        while (!socket.isClosed()) {
            try {
                packet.setLength(65_535);
                socket.receive(packet);
                String request = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                boolean registers = request.startsWith("REGISTER ");
                String reply = registers ? registrar.apply(request) : request.startsWith("OPTIONS ") ? "200 OK" : "";
                if (!silent && !reply.isEmpty()) {
                    answer(request, reply, packet);
                }
                (registers ? this.registers : options).add(request);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(String request, String reply, DatagramPacket packet) throws IOException {
        var response = new StringBuilder("SIP/2.0 ").append(reply).append("\r\n");
        for (String name : List.of("Via", "From", "Call-ID", "CSeq")) {
            response.append(line(request, name)).append("\r\n");
        }
        response.append(line(request, "To")).append(";tag=r\r\nContent-Length: 0\r\n\r\n");
        byte[] octets = response.toString().getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
    }

    /** Waits for the next REGISTER that contains the text and drops others. */
    String awaitRegister(String with) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < end) {
            String request = registers.poll(100, TimeUnit.MILLISECONDS);
            if (request != null && request.contains(with)) {
                return request;
            }
        }
        throw new AssertionError("no REGISTER with " + with + " came");
    }

    @Override
    public void close() {
        socket.close();
    }
}
