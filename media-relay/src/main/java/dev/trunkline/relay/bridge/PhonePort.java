package dev.trunkline.relay.bridge;

import dev.trunkline.relay.ports.PortPair;
import dev.trunkline.rtc.loop.MediaLoop;
import dev.trunkline.rtc.loop.PacketHandler;
import dev.trunkline.rtc.loop.SocketRegistration;
import dev.trunkline.rtc.srtp.SrtpSession;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The two sockets of a call on its phone's side. Lives on the call's media loop. */
final class PhonePort implements AutoCloseable {
    private Optional<SrtpSession> srtp;
    private Optional<SocketRegistration> rtp = Optional.empty();
    private Optional<SocketRegistration> rtcp = Optional.empty();

    /** @param srtp the keys, empty for plain RTP */
    PhonePort(Optional<SrtpSession> srtp) {
        this.srtp = srtp;
    }

    /** Sets other keys from now on, or none. */
    void secure(Optional<SrtpSession> keys) {
        srtp = keys;
    }

    /** Starts to receive packets. */
    void open(MediaLoop loop, PortPair ports, PacketHandler rtpPackets, PacketHandler rtcpPackets) {
        rtp = Optional.of(loop.register(ports.rtp(), rtpPackets));
        rtcp = Optional.of(loop.register(ports.rtcp(), rtcpPackets));
    }

    /** @return length of the decrypted packet, in place; −1 if the phone's key does not authenticate it, or it is a replay */
    int openedRtp(byte[] packet, int length) {
        return srtp.isPresent() ? srtp.get().unprotectRtp(packet, length) : length;
    }

    /** The same for RTCP. */
    int openedRtcp(byte[] packet, int length) {
        return srtp.isPresent() ? srtp.get().unprotectRtcp(packet, length) : length;
    }

    /**
     * @param packet with room behind it, {@link SrtpSession#TAIL}; its content afterwards is of no use
     * @return false if the socket did not accept it
     */
    boolean sendRtp(InetSocketAddress to, byte[] packet, int length) {
        int sent = srtp.isPresent() ? srtp.get().protectRtp(packet, length) : length;
        return sent > 0 && rtp.isPresent() && rtp.get().send(to, packet, 0, sent);
    }

    /** The same for RTCP. */
    boolean sendRtcp(InetSocketAddress to, byte[] packet, int length) {
        int sent = srtp.isPresent() ? srtp.get().protectRtcp(packet, length) : length;
        return sent > 0 && rtcp.isPresent() && rtcp.get().send(to, packet, 0, sent);
    }

    @Override
    public void close() {
        try {
            rtp.ifPresent(SocketRegistration::close);
        } finally {
            rtcp.ifPresent(SocketRegistration::close);
        }
    }
}
