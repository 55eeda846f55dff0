package dev.trunkline.system.alerts;

import dev.trunkline.hostile.RawSip;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A carrier's gateway that answers OPTIONS, and whose registrar is overloaded until it recovers. */
final class Registrar implements AutoCloseable {
    private static final int LONGEST = 65_535;

    private final DatagramSocket socket;
    private volatile boolean recovered;

    private Registrar(DatagramSocket socket) {
        this.socket = socket;
    }

    static Registrar open() throws IOException {
        var registrar = new Registrar(new DatagramSocket(new InetSocketAddress(WatchedSuite.ADDRESS, 0)));
        Thread.ofVirtual().name("registrar").start(registrar::run);
        return registrar;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Accepts registrations from now on. */
    void recover() {
        recovered = true;
    }

    private void run() {
        var packet = new DatagramPacket(new byte[LONGEST], LONGEST);
        while (!socket.isClosed()) {
            try {
                packet.setLength(LONGEST);
                socket.receive(packet);
                String request = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                byte[] answer = answer(request).getBytes(StandardCharsets.UTF_8);
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private String answer(String request) {
        boolean registers = request.startsWith("REGISTER ");
        String contact = registers && recovered ? "Contact: " + RawSip.header(request, "Contact") + ";expires=60\r\n" : "";
        return (registers && !recovered ? "SIP/2.0 503 Service Unavailable\r\n" : "SIP/2.0 200 OK\r\n")
                + "Via: " + RawSip.header(request, "Via") + "\r\n"
                + "From: " + RawSip.header(request, "From") + "\r\n"
                + "To: " + RawSip.header(request, "To") + ";tag=registrar\r\n"
                + "Call-ID: " + RawSip.header(request, "Call-ID") + "\r\n"
                + "CSeq: " + RawSip.header(request, "CSeq") + "\r\n"
                + contact
                + "Content-Length: 0\r\n\r\n";
    }

    @Override
    public void close() {
        socket.close();
    }
}
