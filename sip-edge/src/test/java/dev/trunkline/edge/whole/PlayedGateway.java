package dev.trunkline.edge.whole;

import dev.trunkline.edge.whole.UdpPhone.Message;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A carrier's gateway with one phone behind it, which writes its own datagrams: it shares no code with what it tests. OPTIONS are
 * answered, and everything else is passed to the test; a datagram that arrives twice, octet by octet, is ignored.
 */
final class PlayedGateway implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final DatagramSocket socket;
    private final InetSocketAddress edge;
    private final AtomicInteger branches = new AtomicInteger();
    private final BlockingQueue<Message> unread = new LinkedBlockingQueue<>();

    PlayedGateway(String address, int edgePort) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(address, 0));
        edge = new InetSocketAddress("127.0.0.1", edgePort);
        Thread.ofPlatform().daemon().name("played-gateway").start(this::run);
    }

    String host() {
        return socket.getLocalAddress().getHostAddress();
    }

    int port() {
        return socket.getLocalPort();
    }

    private void run() {
        Set<String> seen = new HashSet<>();
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        while (!socket.isClosed()) {
            try {
                packet.setLength(65_535);
                socket.receive(packet);
                var message = new Message(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
                if (message.text().startsWith("OPTIONS ")) {
                    answer(message, "200 OK", "options", "", "");
                } else if (seen.add(message.text())) {
                    unread.add(message);
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** Waits for the next request with that method and drops everything that arrives before it. */
    Message await(String method) throws InterruptedException {
        return awaitStart(method + " ");
    }

    /** Waits for the next response with that status and drops everything that arrives before it. */
    Message await(int status) throws InterruptedException {
        return awaitStart("SIP/2.0 " + status);
    }

    private Message awaitStart(String start) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        var passed = new StringBuilder();
        while (System.nanoTime() < end) {
            Message message = unread.poll(100, TimeUnit.MILLISECONDS);
            if (message != null && message.text().startsWith(start)) {
                return message;
            }
            if (message != null) {
                passed.append(message.text().lines().findFirst().orElse("")).append("; ");
            }
        }
        throw new AssertionError(start + " did not come; passed over: " + passed);
    }

    /** Returns whether any unread message contains the text. */
    boolean hears(String text) {
        return unread.stream().anyMatch(message -> message.text().contains(text));
    }

    /** @param tag of the phone; empty for 100 @param more further headers; if they begin with Contact, the default Contact is omitted */
    void answer(Message request, String status, String tag, String more, String body) throws IOException {
        String to = request.lines("To").strip();
        send("SIP/2.0 " + status + "\r\n" + request.lines("Via") + request.lines("From")
                + to + (tag.isEmpty() || to.contains(";tag=") ? "" : ";tag=" + tag) + "\r\n"
                + request.lines("Call-ID") + request.lines("CSeq") + (more.startsWith("Contact:") ? "" : contact()) + more
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /**
     * Answers the call and announces that the phone refreshes the session itself, so an edge that restarts sends no refresh within the
     * test.
     */
    void accept(Message invite, String tag) throws IOException {
        answer(invite, "200 OK", tag, "Allow: INVITE, ACK, BYE\r\nSupported: timer\r\nSession-Expires: 1800;refresher=uas\r\nX-Queue: 7\r\n", UdpPhone.SDP);
    }

    private String contact() {
        return "Contact: <sip:phone@" + host() + ":" + port() + ">\r\n";
    }

    /** Sends a request from the phone in the dialog that its answer to the INVITE created. */
    void send(Message invite, String tag, String method, int cseq, String body) throws IOException {
        send(request(invite, tag, method, cseq, body));
    }

    String request(Message invite, String tag, String method, int cseq, String body) {
        String contact = invite.header("Contact").orElseThrow();
        return method + " " + contact.substring(contact.indexOf('<') + 1, contact.indexOf('>')) + " SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP " + host() + ":" + port() + ";branch=z9hG4bK-" + branches.incrementAndGet() + ";rport\r\n"
                + "Max-Forwards: 70\r\n"
                + "From: " + invite.header("To").orElseThrow() + ";tag=" + tag + "\r\n"
                + "To: " + invite.header("From").orElseThrow() + "\r\n"
                + invite.lines("Call-ID") + "CSeq: " + cseq + " " + method + "\r\n" + contact()
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    void send(String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(octets, octets.length, edge));
    }

    @Override
    public void close() {
        socket.close();
    }
}
