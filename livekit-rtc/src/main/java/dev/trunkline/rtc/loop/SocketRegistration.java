package dev.trunkline.rtc.loop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A UDP socket on a {@link MediaLoop}. */
public final class SocketRegistration implements AutoCloseable {

    private final MediaLoop loop;
    private final DatagramChannel channel;
    private final PacketHandler handler;
    private long lastReady = -2;

    SocketRegistration(MediaLoop loop, DatagramChannel channel, PacketHandler handler) {
        this.loop = loop;
        this.channel = channel;
        this.handler = handler;
    }

    /**
     * Sends one datagram through the loop's own direct buffer, without allocating. Must be called on the loop.
     *
     * @return false if the socket did not accept it (its buffer is full, it is closed, there is no route, or it does not
     *         support the address's family)
     * @throws IllegalStateException when called from another thread
     */
    public boolean send(InetSocketAddress to, byte[] data, int offset, int length) {
        ByteBuffer out = loop.sendBuffer();
        try {
            out.clear().put(data, offset, length).flip();
            return channel.send(out, to) == length;
        } catch (IOException | RuntimeException e) {
            // A datagram may get lost on its way, so it may as well get lost here, whatever its destination: an address of another family
            // or without a host throws UnsupportedAddressTypeException or UnresolvedAddressException. The caller counts it.
            return false;
        }
    }

    /** The channel that was registered. */
    public DatagramChannel channel() {
        return channel;
    }

    /** Closes the socket, from any thread; no callbacks follow, whether or not closing fails. */
    @Override
    public void close() {
        loop.forget(this);
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            loop.execute(() -> { });
        }
    }

    PacketHandler handler() {
        return handler;
    }

    /** The socket is ready. @return whether it was also ready in the previous round, so that more than one datagram may be pending */
    boolean readyAgain(long round) {
        boolean again = round == lastReady + 1;
        lastReady = round;
        return again;
    }
}
