package dev.trunkline.rtc.loop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A UDP socket that lives on a {@link MediaLoop}. */
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
     * Sends one datagram through the loop's own direct buffer: nothing is allocated. Must be called on the loop.
     *
     * @return false when the socket did not take it (its buffer is full, the socket is closed, there is no route,
     *         the address is of a family that the socket does not speak)
     * @throws IllegalStateException when called from another thread
     */
    public boolean send(InetSocketAddress to, byte[] data, int offset, int length) {
        ByteBuffer out = loop.sendBuffer();
        try {
            out.clear().put(data, offset, length).flip();
            return channel.send(out, to) == length;
        } catch (IOException | RuntimeException e) {
            // A datagram may get lost on its way; it may as well get lost here, whatever address it was to go to: one of another
            // family or without a host throws UnsupportedAddressTypeException or UnresolvedAddressException. The caller counts it.
            return false;
        }
    }

    /** The channel that was registered. */
    public DatagramChannel channel() {
        return channel;
    }

    /** Closes the socket, from any thread; nothing more is heard of it, whether or not closing fails. */
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

    /** The socket is ready. @return whether it was in the round before too, so that more than one datagram may be there */
    boolean readyAgain(long round) {
        boolean again = round == lastReady + 1;
        lastReady = round;
        return again;
    }
}
