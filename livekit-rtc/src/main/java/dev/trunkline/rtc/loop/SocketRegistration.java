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

    SocketRegistration(MediaLoop loop, DatagramChannel channel, PacketHandler handler) {
        this.loop = loop;
        this.channel = channel;
        this.handler = handler;
    }

    /**
     * Sends one datagram through the loop's own direct buffer: nothing is allocated. Must be called on the loop.
     *
     * @return false when the socket did not take it (its buffer is full, the socket is closed, there is no route)
     * @throws IllegalStateException when called from another thread
     */
    public boolean send(InetSocketAddress to, byte[] data, int offset, int length) {
        ByteBuffer out = loop.sendBuffer();
        out.clear().put(data, offset, length).flip();
        try {
            return channel.send(out, to) == length;
        } catch (IOException e) {
            // A datagram may get lost on its way; it may as well get lost here. The caller counts it.
            return false;
        }
    }

    /** The channel that was registered. */
    public DatagramChannel channel() {
        return channel;
    }

    /** Closes the socket, from any thread. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        loop.execute(() -> { });
    }

    PacketHandler handler() {
        return handler;
    }
}
