package dev.trunkline.rtc.room;

import dev.trunkline.rtc.rtp.RtcpReader;
import dev.trunkline.rtc.rtp.RtpView;
import dev.trunkline.rtc.sdp.Extensions;
import java.net.InetSocketAddress;

/** The datagram that is currently on its way through a room's {@link PacketPath}; the object is reused for each one. */
final class Datagram {

    /** What the first octets of a datagram reveal (RFC 7983, and RFC 5761 section 4 for RTP and RTCP). */
    enum Kind { STUN, DTLS, RTP, RTCP, OTHER }

    private static final int SHORTEST = 8;

    private final RtpView rtp = new RtpView(Extensions.AUDIO_LEVEL_ID);
    private InetSocketAddress from = new InetSocketAddress(0);
    private byte[] buffer = new byte[0];
    private int length;

    Datagram of(InetSocketAddress sender, byte[] packet, int packetLength) {
        from = sender;
        buffer = packet;
        length = packetLength;
        return this;
    }

    InetSocketAddress from() {
        return from;
    }

    byte[] buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    /** Sets the shorter length after decryption; −1 means that it failed. */
    boolean shorten(int newLength) {
        length = newLength;
        return newLength >= 0;
    }

    /** May be read after the path's step "parse". */
    RtpView rtp() {
        return rtp;
    }

    Kind kind() {
        if (length < SHORTEST) {
            return Kind.OTHER;
        }
        int first = buffer[0] & 0xff;
        if (first < 4) {
            return Kind.STUN;
        }
        if (first >= 20 && first < 64) {
            return Kind.DTLS;
        }
        if (first >= 128 && first < 192) {
            return RtcpReader.isRtcp(buffer, length) ? Kind.RTCP : Kind.RTP;
        }
        return Kind.OTHER;
    }
}
