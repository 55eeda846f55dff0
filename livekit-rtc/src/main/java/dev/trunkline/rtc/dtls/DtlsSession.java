package dev.trunkline.rtc.dtls;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;

/**
 * One DTLS association: {@link #handshake} blocks, on a thread of its own, while {@link #feed} brings it packets;
 * afterwards everything is done by the thread that feeds, and nothing blocks.
 *
 * <pre>
 *   new --handshake()--> handshaking --finished--> open --close_notify or error--> closed
 * </pre>
 */
public final class DtlsSession {

    /** A datagram with several records is read one record at a time. */
    private static final int RECORD_LIMIT = 16_384;

    private final DtlsIdentity identity;
    private final DtlsPackets packets;
    private volatile Optional<DTLSTransport> open = Optional.empty();
    private byte[] record = new byte[0];
    private boolean closed;

    /** @param outgoing receives each datagram to send, and may keep it; may be called on both threads */
    public DtlsSession(DtlsIdentity identity, Consumer<byte[]> outgoing) {
        this.identity = identity;
        this.packets = new DtlsPackets(outgoing);
    }

    /**
     * Blocks until the handshake is done.
     *
     * @param peerFingerprint SHA-256 of the server's certificate, from its answer
     * @throws IOException if it fails, exceeds the timeout, or the certificate is not the announced one
     */
    public SrtpKeys handshake(String peerFingerprint, Duration timeout) throws IOException {
        DtlsClient client = new DtlsClient(identity, peerFingerprint, timeout);
        DTLSTransport transport = new DTLSClientProtocol().connect(client, packets);
        packets.stopWaiting();
        open = Optional.of(transport);
        return client.keys().orElseThrow(() -> new IOException("the DTLS handshake produced no keys"));
    }

    /**
     * Takes one datagram; after the handshake, passes on the application data in it.
     *
     * @param data receives each decrypted message, and may keep it
     * @return false if the datagram was dropped
     */
    public boolean feed(byte[] buffer, int length, Consumer<byte[]> data) {
        if (closed || !packets.offer(Arrays.copyOf(buffer, length))) {
            return false;
        }
        open.ifPresent(transport -> drain(transport, data));
        return true;
    }

    /** Reads datagrams that arrived during the last moments of the handshake. */
    public void drain(Consumer<byte[]> data) {
        open.ifPresent(transport -> drain(transport, data));
    }

    /** @return false if the association is not open */
    public boolean send(byte[] message) {
        DTLSTransport transport = open.orElse(null);
        if (transport == null || closed) {
            return false;
        }
        try {
            transport.send(message, 0, message.length);
            return true;
        } catch (IOException e) {
            closed = true;
            return false;
        }
    }

    /** Tells the peer, if there is an association; an ongoing handshake fails. */
    public void close() {
        if (!closed) {
            closed = true;
            packets.stopWaiting();
            open.ifPresent(transport -> {
                try {
                    transport.close();
                } catch (IOException e) {
                    // It is over either way.
                }
            });
        }
    }

    public boolean isClosed() {
        return closed;
    }

    private void drain(DTLSTransport transport, Consumer<byte[]> data) {
        if (record.length == 0) {
            record = new byte[RECORD_LIMIT];
        }
        while (!closed && !packets.isEmpty()) {
            try {
                int length = transport.receive(record, 0, record.length, 1);
                while (length >= 0) {
                    data.accept(Arrays.copyOf(record, length));
                    length = transport.receivePending(record, 0, record.length);
                }
            } catch (SocketTimeoutException nothingMore) {
                return;
            } catch (IOException e) {
                closed = true;
            }
        }
    }
}
