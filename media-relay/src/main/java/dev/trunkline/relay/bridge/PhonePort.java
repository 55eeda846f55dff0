package dev.trunkline.relay.bridge;

import dev.trunkline.relay.ports.PortPair;
import dev.trunkline.rtc.loop.MediaLoop;
import dev.trunkline.rtc.loop.PacketHandler;
import dev.trunkline.rtc.loop.SocketRegistration;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The two sockets of a call towards its phone. Lives on the call's media loop. */
final class PhonePort implements AutoCloseable {
    private Optional<SocketRegistration> rtp = Optional.empty();
    private Optional<SocketRegistration> rtcp = Optional.empty();

    /** Packets come from now on. */
    void open(MediaLoop loop, PortPair ports, PacketHandler rtpPackets, PacketHandler rtcpPackets) {
        rtp = Optional.of(loop.register(ports.rtp(), rtpPackets));
        rtcp = Optional.of(loop.register(ports.rtcp(), rtcpPackets));
    }

    /** @return false if the socket did not take it */
    boolean sendRtp(InetSocketAddress to, byte[] packet, int length) {
        return rtp.isPresent() && rtp.get().send(to, packet, 0, length);
    }

    boolean sendRtcp(InetSocketAddress to, byte[] packet, int length) {
        return rtcp.isPresent() && rtcp.get().send(to, packet, 0, length);
    }

    @Override
    public void close() {
        rtp.ifPresent(SocketRegistration::close);
        rtcp.ifPresent(SocketRegistration::close);
    }
}
