package dev.trunkline.sip;

import dev.trunkline.sip.certificates.Authority;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A phone on a TCP or TLS connection that writes its own messages: it shares no code with the stack under test. */
public final class StreamPhone implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern LENGTH = Pattern.compile("(?im)^Content-Length:\\s*(\\d+)");
    private static final AtomicInteger COUNT = new AtomicInteger();

    public final Socket socket;
    private final String transport;
    private final StringBuilder unread = new StringBuilder();

    private StreamPhone(Socket socket, String transport) throws IOException {
        this.socket = socket;
        this.transport = transport;
        socket.setSoTimeout((int) PATIENCE.toMillis());
    }

    public static StreamPhone tcp(String host, int port) throws IOException {
        return new StreamPhone(new Socket(InetAddress.ofLiteral(host), port), "TCP");
    }

    /** @param own certificate to present, if any */
    public static StreamPhone tls(int port, Authority trusted, Optional<Authority.Pair> own, String... protocols)
            throws Exception {
        var socket = (SSLSocket) context(trusted, own).getSocketFactory().createSocket("127.0.0.1", port);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.startHandshake();
        return new StreamPhone(socket, "TLS");
    }

    private static SSLContext context(Authority trusted, Optional<Authority.Pair> own) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("ca", trusted.certificate);
        var trusting = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusting.init(trust);
        var keying = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        KeyStore mine = KeyStore.getInstance("PKCS12");
        mine.load(null, null);
        if (own.isPresent()) {
            mine.setKeyEntry("phone", own.get().keys().getPrivate(), new char[0],
                    own.get().chain().toArray(java.security.cert.X509Certificate[]::new));
        }
        keying.init(mine, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keying.getKeyManagers(), trusting.getTrustManagers(), null);
        return context;
    }

    public StreamPhone write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public String request(String method, String uri, String more, String body) {
        int number = COUNT.incrementAndGet();
        return request(method, uri, "stream-" + number + "-" + System.nanoTime(), "", number, more, body);
    }

    public String request(String method, String uri, String callId, String toTag, int cseq, String more, String body) {
        String me = (socket.getLocalAddress().getHostAddress().indexOf(':') < 0
                        ? socket.getLocalAddress().getHostAddress()
                        : "[::1]")
                + ":" + socket.getLocalPort();
        return method + " " + uri + " SIP/2.0\r\n"
                + "Via: SIP/2.0/" + transport + " " + me + ";branch=z9hG4bK" + callId + cseq + ";rport\r\n"
                + "Max-Forwards: 70\r\n"
                + "From: <sip:+32475112233@pbx.example>;tag=phone\r\n"
                + "To: <sip:+3225550100@127.0.0.1>" + (toTag.isEmpty() ? "" : ";tag=" + toTag) + "\r\n"
                + "Call-ID: " + callId + "\r\n"
                + "CSeq: " + cseq + " " + method + "\r\n"
                + "Contact: <sip:anna@" + me + ";transport=" + transport.toLowerCase() + ">\r\n"
                + more
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Returns the next message; throws if the connection ends before it is complete. */
    public String read() throws IOException {
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[8192];
        while (true) {
            int head = unread.indexOf("\r\n\r\n");
            if (head >= 0) {
                Matcher length = LENGTH.matcher(unread.substring(0, head));
                int whole = head + 4 + (length.find() ? Integer.parseInt(length.group(1)) : 0);
                if (unread.length() >= whole) {
                    String message = unread.substring(0, whole);
                    unread.delete(0, whole);
                    return message;
                }
            }
            int count = in.read(bytes);
            if (count < 0) {
                throw new IOException("closed; unread: " + unread);
            }
            unread.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
        }
    }

    /** Returns the first message that starts with the text and drops others. */
    public String await(String begin) throws IOException {
        String message = read();
        while (!message.startsWith(begin)) {
            message = read();
        }
        return message;
    }

    public String exactly(int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    /** Returns whether the other side closes the connection before the timeout; data received before that is dropped. */
    public boolean isClosed() throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {
                // Read to the end of the stream.
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
