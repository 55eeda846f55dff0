package dev.trunkline.rtc.room;

import dev.trunkline.rtc.ice.IceCandidate;
import dev.trunkline.rtc.loop.MediaLoop;
import dev.trunkline.rtc.loop.PacketHandler;
import dev.trunkline.rtc.loop.SocketRegistration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Optional;

/** A room's UDP socket, which can be replaced by one on another local port. Used on the loop from {@link #start} on. */
final class MediaSocket {

    private final MediaLoop loop;
    private final LocalAddresses addresses;
    private final PacketHandler handler;
    private DatagramChannel channel;
    private Optional<SocketRegistration> registration = Optional.empty();

    /** Opens the socket. @throws UncheckedIOException if no socket is available */
    MediaSocket(MediaLoop loop, LocalAddresses addresses, PacketHandler handler) {
        this.loop = loop;
        this.addresses = addresses;
        this.handler = handler;
        this.channel = addresses.open();
    }

    /** From now on packets are received. */
    void start() {
        registration = Optional.of(loop.register(channel, handler));
    }

    /** Switches to another port; packets that still arrive at the old one are lost. @throws UncheckedIOException and nothing has changed */
    void replace() {
        DatagramChannel fresh = addresses.open();
        close();
        channel = fresh;
        start();
    }

    /** Our host candidates. */
    List<IceCandidate> candidates() {
        return addresses.candidates(port());
    }

    int port() {
        try {
            return ((InetSocketAddress) channel.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException("the room's socket has no address", e);
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** @return false if the socket did not accept it */
    boolean send(InetSocketAddress to, byte[] packet, int length) {
        return registration.isPresent() && registration.get().send(to, packet, 0, length);
    }

    void close() {
        registration.ifPresent(SocketRegistration::close);
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
