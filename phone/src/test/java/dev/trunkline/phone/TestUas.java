package dev.trunkline.phone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A far end for the tests: plain text over a socket, without the phone's own parsing. The script of each test defines its responses. */
final class TestUas implements AutoCloseable {

    /** Receives each request; answers by {@link #reply}. */
    interface Script {
        void on(TestUas uas, Received request) throws IOException;
    }

    record Received(String text, InetSocketAddress source) {
        String method() {
            return text.substring(0, text.indexOf(' '));
        }

        String header(String name) {
            return text.lines().filter(line -> line.startsWith(name + ": ")).map(line -> line.substring(name.length() + 2)).findFirst().orElseThrow();
        }

        String body() {
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }
    }

    private final DatagramSocket socket;
    private final Script script;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Received> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger branches = new AtomicInteger();

    TestUas(Script script) throws IOException {
        this.script = script;
        socket = freeSocket();
        Thread.ofVirtual().start(this::run);
    }

    private static DatagramSocket freeSocket() throws IOException {
        for (int port = 17_500; port < 17_600; port += 2) {
            try {
                return new DatagramSocket(port, InetAddress.ofLiteral("127.0.0.1"));
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IOException("no port of 17500 to 17598 is free");
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Returns the received requests of one method. */
    List<Received> received(String method) {
        return received.stream().filter(each -> each.method().equals(method)).toList();
    }

    /** Waits for the next message that begins with the text, skipping others. */
    Received await(String beginning) throws InterruptedException {
        Optional<Received> next;
        do {
            next = Optional.ofNullable(queue.poll(10, TimeUnit.SECONDS));
        } while (next.isPresent() && !next.get().text.startsWith(beginning));
        return next.orElseThrow(() -> new AssertionError("no " + beginning + " came; got " + received));
    }

    /** Responds, with the To tag {@code uas}. */
    void reply(Received request, String statusLine, String extraHeaders, String body) throws IOException {
        String copied = request.text.lines()
                .filter(line -> line.matches("(Via|Record-Route|From|Call-ID|CSeq): .*"))
                .collect(Collectors.joining("\r\n"));
        String to = request.header("To");
        String tagged = to.contains(";tag=") || statusLine.startsWith("100") ? to : to + ";tag=uas";
        send("SIP/2.0 " + statusLine + "\r\n" + copied + "\r\nTo: " + tagged + "\r\n" + extraHeaders
                + "Contact: <sip:uas@127.0.0.1:" + port() + ">\r\nContent-Length: " + body.length() + "\r\n\r\n" + body, request.source);
    }

    void answer(Received invite, String sdp) throws IOException {
        reply(invite, "200 OK", "Content-Type: application/sdp\r\n", sdp);
    }

    /** Sends a request within the dialog that this INVITE began. */
    void request(Received invite, String method, int cseq, String extraHeaders, String body) throws IOException {
        String from = invite.header("To") + ";tag=uas";
        send(method + " " + invite.header("Contact").replaceAll("[<>]", "") + " SIP/2.0\r\nv: SIP/2.0/UDP 127.0.0.1:" + port() + ";branch=z9hG4bKuas"
                + branches.incrementAndGet() + "\r\nf: " + from + "\r\nt: " + invite.header("From") + "\r\ni: " + invite.header("Call-ID")
                + "\r\nCSeq: " + cseq + " " + method + "\r\nm: <sip:uas@127.0.0.1:" + port() + ">\r\n" + extraHeaders
                + "l: " + body.length() + "\r\n\r\n" + body, invite.source);
    }

    private void send(String text, InetSocketAddress to) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private void run() {
        byte[] buffer = new byte[65_535];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                Received message = new Received(
                        new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8), (InetSocketAddress) packet.getSocketAddress());
                received.add(message);
                if (!message.text.startsWith("SIP/2.0")) {
                    script.on(this, message);
                }
                queue.add(message);
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    static String sdp(int port, String types, String more) {
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + port + " RTP/AVP " + types + "\r\n" + more;
    }

    static int portOf(String sdp) {
        var matcher = Pattern.compile("m=audio (\\d+)").matcher(sdp);
        if (!matcher.find()) {
            throw new AssertionError("no audio in " + sdp);
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** A far end that sends RTP back unchanged after a delay. */
    static final class Echo implements AutoCloseable {
        private final DatagramSocket rtp;
        private final Duration delay;
        private final List<byte[]> packets = new CopyOnWriteArrayList<>();

        Echo(Duration delay) throws IOException {
            this.delay = delay;
            rtp = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
            Thread.ofVirtual().start(this::run);
        }

        int port() {
            return rtp.getLocalPort();
        }

        /** Returns the received packets, oldest first. */
        List<byte[]> packets() {
            return List.copyOf(packets);
        }

        private void run() {
            byte[] buffer = new byte[2_048];
            while (!rtp.isClosed()) {
                try {
                    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                    rtp.receive(packet);
                    byte[] copy = java.util.Arrays.copyOf(buffer, packet.getLength());
                    packets.add(copy);
                    var back = packet.getSocketAddress();
                    Thread.ofVirtual().start(() -> later(copy, back));
                } catch (IOException e) {
                    if (!rtp.isClosed()) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        }

        private void later(byte[] packet, java.net.SocketAddress to) {
            try {
                Thread.sleep(delay);
                if (!rtp.isClosed()) {
                    rtp.send(new DatagramPacket(packet, packet.length, to));
                }
            } catch (IOException e) {
                if (!rtp.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            rtp.close();
        }
    }
}
