package dev.trunkline.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A TCP connection that sends SIP, or anything else, octet for octet. */
public final class RawTcp implements AutoCloseable {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int LONGEST_HEAD = 1 << 20;

    private final Socket socket;

    private RawTcp(Socket socket) {
        this.socket = socket;
    }

    /** Opens a connection. @throws IOException if it is not accepted within three seconds */
    public static RawTcp open(String address, InetSocketAddress edge) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        socket.connect(edge, CONNECT_MILLIS);
        socket.setTcpNoDelay(true);
        return new RawTcp(socket);
    }

    /** Converts a message made for UDP: its Via gets the transport and port of this connection. */
    public byte[] byTcp(String message, String udpHost) {
        String own = socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
        return message.replaceFirst("SIP/2\\.0/UDP", "SIP/2.0/TCP").replace(udpHost, own).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Sends octets. @return false if the other side has closed the connection */
    public boolean send(byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /** Returns the next message by its Content-Length; empty if none comes in that time or the connection is closed. */
    public Optional<String> receive(Duration atMost) {
        try {
            socket.setSoTimeout(Math.toIntExact(Math.max(1, atMost.toMillis())));
            return message(socket.getInputStream());
        } catch (SocketTimeoutException late) {
            return Optional.empty();
        } catch (IOException closed) {
            return Optional.empty();
        }
    }

    private static Optional<String> message(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n") && head.size() < LONGEST_HEAD) {
            int octet = in.read();
            if (octet < 0) {
                return Optional.empty();
            }
            head.write(octet);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        String length = RawSip.header(text, "Content-Length");
        byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
        return Optional.of(text + new String(body, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
