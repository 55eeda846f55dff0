package dev.trunkline.edge.whole;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A phone that writes its own datagrams: it must not share a line of code with what it tests. */
final class UdpPhone implements AutoCloseable {
    static final String CALLER = "+32475112233";
    static final String SDP = """
            v=0\r
            o=+32475112233 1 1 IN IP4 127.0.0.1\r
            s=Call of Anna\r
            c=IN IP4 127.0.0.1\r
            t=0 0\r
            m=audio 17690 RTP/AVP 0\r
            a=rtpmap:0 PCMU/8000\r
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final DatagramSocket socket;
    private final InetSocketAddress edge;
    private final Deque<Message> unread = new ArrayDeque<>();

    UdpPhone(String address, int edgePort) throws IOException {
        this(address, "127.0.0.1", edgePort);
    }

    UdpPhone(String address, String edgeAddress, int edgePort) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(address, 0));
        edge = new InetSocketAddress(edgeAddress, edgePort);
    }

    /** A call as its caller sees it. */
    final class Leg {
        final int number = COUNT.incrementAndGet();
        /** Ends in letters: digits that happen to be in the caller's number are masked in events. */
        final String callId = "call-32475112233-" + number + "-" + letters(System.nanoTime());
        final String fromTag = "from" + number;
        String toTag = "";
        String remoteTarget = "sip:+3225550100@127.0.0.1";
        int cseq = 1;
        private int branches;
        /**
         * Messages that the edge may repeat and nobody waits for: responses to these requests, and requests that were
         * answered.
         */
        private final Set<String> acknowledged = new HashSet<>();
        private final Set<String> answered = new HashSet<>();

        String branch() {
            return "z9hG4bK-" + callId + "-" + branches;
        }

        String newBranch() {
            branches++;
            return branch();
        }

        String request(String method, int sequence, String branch, String more, String body) {
            String to = "<sip:+3225550100@127.0.0.1>" + (toTag.isEmpty() ? "" : ";tag=" + toTag);
            return method + " " + remoteTarget + " SIP/2.0\r\n"
                    + "Via: SIP/2.0/UDP " + host() + ":" + socket.getLocalPort() + ";branch=" + branch + ";rport\r\n"
                    + "Max-Forwards: 70\r\n"
                    + "From: \"Anna\" <sip:" + CALLER + "@pbx.example>;tag=" + fromTag + "\r\n"
                    + "To: " + to + "\r\n"
                    + "Call-ID: " + callId + "\r\n"
                    + "CSeq: " + sequence + " " + method + "\r\n"
                    + "Contact: <sip:anna@" + host() + ":" + socket.getLocalPort() + ">\r\n"
                    + more
                    + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
                    + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        }

        private static String letters(long value) {
            StringBuilder letters = new StringBuilder();
            for (long rest = value; rest > 0; rest /= 26) {
                letters.append((char) ('a' + rest % 26));
            }
            return letters.toString();
        }

        Leg invite() throws IOException {
            return invite("", SDP);
        }

        Leg invite(String more, String body) throws IOException {
            UdpPhone.this.send(request("INVITE", cseq, newBranch(), more, body));
            return this;
        }

        /** Sends a request, within the dialog or before it exists. */
        void send(String method, String more, String body) throws IOException {
            cseq++;
            UdpPhone.this.send(request(method, cseq, newBranch(), more, body));
        }

        void cancel() throws IOException {
            UdpPhone.this.send(request("CANCEL", cseq, branch(), "", ""));
        }

        void ack() throws IOException {
            ack("");
        }

        void ack(String body) throws IOException {
            acknowledged.add(cseq + " INVITE");
            UdpPhone.this.send(request("ACK", cseq, newBranch(), "", body));
        }

        /** Acknowledges a provisional response (RFC 3262) and learns the early dialog from it. */
        void prack(Message provisional, String body) throws IOException {
            toTag = provisional.tag("To").orElseThrow();
            send("PRACK", "RAck: " + provisional.header("RSeq").orElse("1") + " "
                    + provisional.header("CSeq").orElseThrow() + "\r\n", body);
        }

        /** Sends the ACK for a rejection, which belongs to the INVITE transaction. */
        void ackRefusal(Message refusal) throws IOException {
            String saved = toTag;
            toTag = refusal.tag("To").orElse("");
            UdpPhone.this.send(request("ACK", cseq, branch(), "", ""));
            toTag = saved;
        }

        /** Waits for a response to the last INVITE and learns the dialog from it. */
        Message await(int status) throws IOException {
            Message response = UdpPhone.this.await(
                    message -> message.status() == status && message.header("Call-ID").orElse("").equals(callId)
                            && !acknowledged.contains(message.header("CSeq").orElse("")),
                    "a " + status);
            if (status == 200 && toTag.isEmpty() && response.header("CSeq").orElse("").endsWith("INVITE")) {
                toTag = response.tag("To").orElseThrow();
                remoteTarget = response.header("Contact").orElseThrow().replaceAll(".*<(.*)>.*", "$1");
            }
            return response;
        }

        Message awaitRequest(String method) throws IOException {
            return UdpPhone.this.await(
                    message -> message.text().startsWith(method + " ")
                            && message.header("Call-ID").orElse("").equals(callId)
                            && !answered.contains(message.text()),
                    "a " + method);
        }

        void ok(Message request) throws IOException {
            answer(request, "200 OK", "", "");
        }

        /** Answers a request from the edge. */
        void answer(Message request, String status, String more, String body) throws IOException {
            answered.add(request.text());
            UdpPhone.this.send("SIP/2.0 " + status + "\r\n" + request.lines("Via") + request.lines("From")
                    + request.lines("To") + request.lines("Call-ID") + request.lines("CSeq")
                    + "Contact: <sip:anna@" + host() + ":" + socket.getLocalPort() + ">\r\n"
                    + more
                    + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
                    + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        }
    }

    /** A message as received. */
    record Message(String text) {
        int status() {
            return text.startsWith("SIP/2.0 ") ? Integer.parseInt(text.substring(8, 11)) : 0;
        }

        Optional<String> header(String name) {
            return text.split("\r\n\r\n", 2)[0].lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }

        String lines(String name) {
            return header(name).map(value -> name + ": " + value + "\r\n").orElse("");
        }

        Optional<String> tag(String name) {
            return header(name).filter(value -> value.contains(";tag="))
                    .map(value -> value.replaceAll(".*;tag=([^;]*).*", "$1"));
        }

        String body() {
            return text.split("\r\n\r\n", 2)[1];
        }
    }

    Leg leg() {
        return new Leg();
    }

    String host() {
        String host = socket.getLocalAddress().getHostAddress();
        return host.indexOf(':') < 0 ? host : "[::1]";
    }

    int port() {
        return socket.getLocalPort();
    }

    void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, edge));
    }

    /** Returns the first matching message, whether already received or still to arrive; others are kept for later calls. */
    Message await(Predicate<Message> fits, String what) throws IOException {
        for (var each = unread.iterator(); each.hasNext(); ) {
            Message message = each.next();
            if (fits.test(message)) {
                each.remove();
                return message;
            }
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<Message> message = receive(Duration.ofNanos(end - System.nanoTime()));
            if (message.isPresent() && fits.test(message.get())) {
                return message.get();
            }
            message.ifPresent(unread::add);
        }
        throw new AssertionError(what + " did not come; unread: " + unread);
    }

    Optional<Message> receive(Duration within) throws IOException {
        byte[] buffer = new byte[16_384];
        var packet = new DatagramPacket(buffer, buffer.length);
        socket.setSoTimeout((int) Math.max(1, within.toMillis()));
        try {
            socket.receive(packet);
            return Optional.of(new Message(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8)));
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    @Override
    public void close() {
        socket.close();
    }
}
