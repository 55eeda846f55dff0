package dev.trunkline.rtc.srtp;

import dev.trunkline.rtc.dtls.SrtpKeys;
import dev.trunkline.rtc.rtp.Octets;

/**
 * Encrypts and decrypts the packets of one room, or of one phone, in place (RFC 3711). Confined to one thread; a packet of a
 * known SSRC allocates nothing. Each method returns the new length, or −1 if the packet must not be used, which then is left
 * unchanged.
 */
public final class SrtpSession {

    /** Octets that a buffer needs after the packet: an SRTCP index and the longest tag, rounded up. */
    public static final int TAIL = 32;

    private static final int RTP_HEADER = 12;
    private static final int RTCP_HEADER = 8;

    private final SrtpSuite suite;
    private final Sending sending;
    private final Receiving receiving;

    private record Sending(PacketCipher rtp, PacketCipher rtcp, Sources rtpSources, Sources rtcpSources) {
    }

    private record Receiving(PacketCipher rtp, PacketCipher rtcp, Sources rtpSources, Sources rtcpSources) {
    }

    /** Creating a session takes some microseconds. */
    public SrtpSession(SrtpKeys keys) {
        this(suite(keys.profile()), keys.sendKey(), keys.sendSalt(), keys.receiveKey(), keys.receiveSalt());
    }

    /** A session with keys that were agreed on by other means than DTLS: 16 octets each, salts as long as the suite requires. */
    public SrtpSession(SrtpSuite suite, byte[] sendKey, byte[] sendSalt, byte[] receiveKey, byte[] receiveSalt) {
        this(suite,
                new Sending(suite.rtp(sendKey, sendSalt), suite.rtcp(sendKey, sendSalt), new Sources(), new Sources()),
                receiving(suite, receiveKey, receiveSalt));
    }

    private SrtpSession(SrtpSuite suite, Sending sending, Receiving receiving) {
        this.suite = suite;
        this.sending = sending;
        this.receiving = receiving;
    }

    private static Receiving receiving(SrtpSuite suite, byte[] key, byte[] salt) {
        return new Receiving(suite.rtp(key, salt), suite.rtcp(key, salt), new Sources(), new Sources());
    }

    /** A sequence number that was already sent is rejected: two packets with one number would compromise the key. */
    public int protectRtp(byte[] packet, int length) {
        int header = rtpHeader(packet, length);
        if (header < 0) {
            return -1;
        }
        int ssrc = Octets.int32(packet, 8);
        Repetitions sent = sending.rtpSources.of(ssrc);
        long index = sent.index(Octets.uint16(packet, 2));
        if (!sent.isNew(index)) {
            return -1;
        }
        sent.remember(index);
        sending.rtpSources.keep(ssrc, sent);
        return sending.rtp.sealRtp(packet, header, length, ssrc, index);
    }

    public int unprotectRtp(byte[] packet, int length) {
        int header = rtpHeader(packet, length);
        if (header < 0) {
            return -1;
        }
        int ssrc = Octets.int32(packet, 8);
        Repetitions received = receiving.rtpSources.of(ssrc);
        long index = received.index(Octets.uint16(packet, 2));
        if (!received.isNew(index)) {
            return -1;
        }
        int clear = receiving.rtp.openRtp(packet, header, length, ssrc, index);
        if (clear >= 0) {
            // State is kept only for authentic packets.
            received.remember(index);
            receiving.rtpSources.keep(ssrc, received);
        }
        return clear;
    }

    public int protectRtcp(byte[] packet, int length) {
        if (length < RTCP_HEADER) {
            return -1;
        }
        int ssrc = Octets.int32(packet, 4);
        Repetitions sent = sending.rtcpSources.of(ssrc);
        long index = sent.next();
        if (index > PacketCipher.LAST_INDEX) {
            return -1;
        }
        sent.remember(index);
        sending.rtcpSources.keep(ssrc, sent);
        return sending.rtcp.sealRtcp(packet, length, ssrc, (int) index);
    }

    public int unprotectRtcp(byte[] packet, int length) {
        if (length < receiving.rtcp.shortestRtcp()) {
            return -1;
        }
        int ssrc = Octets.int32(packet, 4);
        Repetitions received = receiving.rtcpSources.of(ssrc);
        int index = receiving.rtcp.indexOfRtcp(packet, length) & ~PacketCipher.ENCRYPTED;
        if (!received.isNew(index)) {
            return -1;
        }
        int clear = receiving.rtcp.openRtcp(packet, length, ssrc);
        if (clear >= 0) {
            received.remember(index);
            receiving.rtcpSources.keep(ssrc, received);
        }
        return clear;
    }

    /**
     * Returns a session for use after the other side has changed its key: sending continues as before, including its counters. The
     * session that this was called on must not be used any more.
     */
    public SrtpSession receivingBy(byte[] receiveKey, byte[] receiveSalt) {
        return new SrtpSession(suite, sending, receiving(suite, receiveKey, receiveSalt));
    }

    /** Octets before the payload, including any header extension; −1 for a header that does not fit into the packet. */
    private static int rtpHeader(byte[] packet, int length) {
        if (length < RTP_HEADER) {
            return -1;
        }
        int header = RTP_HEADER + 4 * (packet[0] & 0x0f);
        if ((packet[0] & 0x10) != 0) {
            header += header + 4 > length ? length : 4 + 4 * Octets.uint16(packet, header + 2);
        }
        return header > length ? -1 : header;
    }

    /** Compares octets in constant time. */
    static boolean same(byte[] tag, byte[] packet, int offset, int length) {
        int difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= tag[i] ^ packet[offset + i];
        }
        return difference == 0;
    }

    private static SrtpSuite suite(SrtpKeys.Profile profile) {
        return switch (profile) {
            case AEAD_AES_128_GCM -> SrtpSuite.AEAD_AES_128_GCM;
            case AES128_CM_HMAC_SHA1_80 -> SrtpSuite.AES_CM_128_HMAC_SHA1_80;
        };
    }
}
