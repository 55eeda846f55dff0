package dev.trunkline.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A UDP socket that sends SIP, or anything else, byte for byte. */
public final class RawSip implements AutoCloseable {
    /** UDP carries no more (RFC 768, RFC 3261 section 18.1.1). */
    private static final int LONGEST_DATAGRAM = 65_535;
    private static final int RECEIVE_BUFFER = 4 << 20;

    private final DatagramSocket socket;
    private final InetSocketAddress edge;
    private final AtomicInteger count = new AtomicInteger();

    private RawSip(DatagramSocket socket, InetSocketAddress edge) {
        this.socket = socket;
        this.edge = edge;
    }

    public static RawSip open(String address, InetSocketAddress edge) throws IOException {
        return openAt(new InetSocketAddress(InetAddress.getByName(address), 0), edge);
    }

    /** Opens a socket at a given port. */
    public static RawSip openAt(InetSocketAddress own, InetSocketAddress edge) throws IOException {
        DatagramSocket socket = new DatagramSocket(own);
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        return new RawSip(socket, edge);
    }

    /** Returns a well-formed INVITE with a G.711 offer, each with a Call-ID of its own. */
    public String invite(String number, String caller) {
        return invite(number, caller, offer());
    }

    /** Returns an INVITE with this body. */
    public String invite(String number, String caller, String sdp) {
        int length = sdp.getBytes(StandardCharsets.ISO_8859_1).length;
        return head("INVITE", number, caller)
                + "Contact: <sip:raw@" + own() + ">\r\n"
                + "Content-Type: application/sdp\r\n"
                + "Content-Length: " + length + "\r\n\r\n"
                + sdp;
    }

    public String options() {
        return head("OPTIONS", "ping", "raw") + "Content-Length: 0\r\n\r\n";
    }

    /** Returns the ACK to a refusal (RFC 3261 section 17.1.1.3). */
    public String ack(String invite, String refusal) {
        String start = invite.lines().findFirst().orElseThrow().replaceFirst("INVITE", "ACK");
        return String.join("\r\n",
                start, "Via: " + header(invite, "Via"), "Max-Forwards: 70", "From: " + header(invite, "From"),
                "To: " + header(refusal, "To"), "Call-ID: " + header(invite, "Call-ID"), "CSeq: 1 ACK",
                "Content-Length: 0", "", "");
    }

    public String offer() {
        return String.join("\r\n",
                "v=0", "o=- 1 1 IN IP4 " + address(), "s=-", "c=IN IP4 " + address(), "t=0 0",
                "m=audio " + socket.getLocalPort() + " RTP/AVP 0 8", "a=rtpmap:0 PCMU/8000", "a=rtpmap:8 PCMA/8000", "");
    }

    /** Returns the beginning of a request of this method outside any dialog; more headers may follow. */
    public String head(String method, String number, String caller) {
        int n = count.incrementAndGet();
        String id = socket.getLocalPort() + "x" + n + "x" + Long.toHexString(System.nanoTime());
        return method + " sip:" + number + "@" + edge.getHostString() + ":" + edge.getPort() + " SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP " + own() + ";branch=z9hG4bK" + id + ";rport\r\n"
                + "Max-Forwards: 70\r\n"
                + "From: <sip:" + caller + "@" + own() + ">;tag=" + id + "\r\n"
                + "To: <sip:" + number + "@" + edge.getHostString() + ">\r\n"
                + "Call-ID: raw-" + id + "\r\n"
                + "CSeq: 1 " + method + "\r\n";
    }

    public String own() {
        return address() + ":" + socket.getLocalPort();
    }

    public int port() {
        return socket.getLocalPort();
    }

    public InetSocketAddress edge() {
        return edge;
    }

    public String address() {
        return socket.getLocalAddress().getHostAddress();
    }

    public void send(String message) throws IOException {
        send(message.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] datagram) throws IOException {
        socket.send(new DatagramPacket(datagram, datagram.length, edge));
    }

    /** Returns the next datagram, if one comes in that time. */
    public Optional<String> receive(Duration atMost) throws IOException {
        socket.setSoTimeout(Math.toIntExact(Math.max(1, atMost.toMillis())));
        DatagramPacket packet = new DatagramPacket(new byte[LONGEST_DATAGRAM], LONGEST_DATAGRAM);
        try {
            socket.receive(packet);
            return Optional.of(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1));
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    /** Returns the final response to this request; those to others are ignored. */
    public Optional<String> finalResponse(String request, Duration atMost) throws IOException {
        long end = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < end) {
            Optional<String> message = receive(Duration.ofNanos(end - System.nanoTime()));
            if (message.filter(text -> status(text) >= 200 && callId(text).equals(callId(request))).isPresent()) {
                return message;
            }
        }
        return Optional.empty();
    }

    /** Returns whether an OPTIONS is answered in that time. */
    public boolean isAnswered(Duration atMost) {
        try {
            String options = options();
            send(options);
            return finalResponse(options, atMost).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the status; 0 if the message is not a response. */
    public static int status(String message) {
        return message.matches("(?s)SIP/2\\.0 \\d{3}.*") ? Integer.parseInt(message.substring(8, 11)) : 0;
    }

    public static String callId(String message) {
        return header(message, "Call-ID");
    }

    /** Returns the first header of this name; empty if there is none. */
    public static String header(String message, String name) {
        return message.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        socket.close();
    }
}
