package dev.trunkline.rtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;

/**
 * Passes datagrams between a socket and BouncyCastle. During the handshake a thread blocks here; afterwards nothing ever does:
 * {@link #receive} then takes what is available, or throws the timeout exception, which BouncyCastle passes on harmlessly.
 */
final class DtlsPackets implements DatagramTransport {

    /** A handshake has some ten datagrams in flight at most; those beyond this limit are dropped and resent. */
    private static final int WAITING_LIMIT = 64;

    private static final int RECEIVE_LIMIT = 4096;

    /** Below the MTU of any usual path, with room for IPv6, UDP and tunnels. */
    private static final int SEND_LIMIT = 1200;

    private final BlockingQueue<byte[]> incoming = new ArrayBlockingQueue<>(WAITING_LIMIT);
    private final Consumer<byte[]> outgoing;
    private volatile boolean waiting = true;

    DtlsPackets(Consumer<byte[]> outgoing) {
        this.outgoing = outgoing;
    }

    /** @return false if too many datagrams are waiting already */
    boolean offer(byte[] datagram) {
        return incoming.offer(datagram);
    }

    boolean isEmpty() {
        return incoming.isEmpty();
    }

    /** Call when the handshake is over, or given up. */
    void stopWaiting() {
        waiting = false;
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_LIMIT;
    }

    @Override
    public int getSendLimit() {
        return SEND_LIMIT;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        byte[] datagram = next(waitMillis);
        if (datagram == null) {
            return -1;
        }
        int taken = Math.min(length, datagram.length);
        System.arraycopy(datagram, 0, buffer, offset, taken);
        return taken;
    }

    private byte[] next(int waitMillis) throws IOException {
        if (!waiting) {
            byte[] datagram = incoming.poll();
            if (datagram == null) {
                throw new SocketTimeoutException("no datagram");
            }
            return datagram;
        }
        try {
            return incoming.poll(Math.max(1, waitMillis), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the DTLS handshake was abandoned");
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        byte[] datagram = new byte[length];
        System.arraycopy(buffer, offset, datagram, 0, length);
        outgoing.accept(datagram);
    }

    @Override
    public void close() {
        // The socket does not belong to us.
    }
}
