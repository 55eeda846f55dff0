package dev.trunkline.rtc.srtp;

import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import dev.trunkline.rtc.dtls.SrtpKeys;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;

/**
 * Encrypts and decrypts one room's packets in place, with a context for each SSRC (RFC 3711 section 3.2). Confined to one
 * thread. Each method returns the new length, or −1 when the packet must not be used.
 */
public final class SrtpSession {

    /** Octets that a packet's buffer needs behind it: an SRTCP index and the longest tag, rounded up. */
    public static final int TAIL = 32;

    /** Contexts of received SSRCs that are kept; one that is pushed out loses its replay list, not its key. */
    private static final int MOST_SSRCS = 256;

    private static final int RTP_HEADER = 12;
    private static final int RTCP_HEADER = 8;

    private static final Logger LOG = new LoggerImpl(SrtpSession.class.getName());

    private final SrtpContextFactory sending;
    private final SrtpContextFactory receiving;
    private final SrtpSuite suite;
    private final Map<Integer, SrtpCryptoContext> sendingRtp;
    private final Map<Integer, SrtpCryptoContext> receivingRtp = bounded();
    private final Map<Integer, SrtcpCryptoContext> sendingRtcp;
    private final Map<Integer, SrtcpCryptoContext> receivingRtcp = bounded();
    private final PacketSlice slice = new PacketSlice();

    /**
     * Takes some microseconds; the first one of a process a second or more, as jitsi-srtp then measures which AES is the
     * fastest: so make it where waiting does no harm.
     */
    public SrtpSession(SrtpKeys keys) {
        this(suite(keys.profile()), keys.sendKey(), keys.sendSalt(), keys.receiveKey(), keys.receiveSalt());
    }

    /** The same under keys that were agreed on by other means than DTLS: 16 octets each, salts as the suite has them. */
    public SrtpSession(SrtpSuite suite, byte[] sendKey, byte[] sendSalt, byte[] receiveKey, byte[] receiveSalt) {
        this.suite = suite;
        sendingRtp = bounded();
        sendingRtcp = bounded();
        sending = new SrtpContextFactory(true, sendKey, sendSalt, suite.rtp(), suite.rtcp(), LOG);
        receiving = new SrtpContextFactory(false, receiveKey, receiveSalt, suite.rtp(), suite.rtcp(), LOG);
        try {
            // Only now does jitsi-srtp choose; the context itself is not needed.
            sending.deriveContext(0, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES for " + suite, e);
        }
    }

    public int protectRtp(byte[] packet, int length) {
        try {
            int ssrc = u32(packet, 8);
            SrtpCryptoContext context = sendingRtp.get(ssrc);
            if (context == null) {
                context = sending.deriveContext(ssrc, 0);
                sendingRtp.put(ssrc, context);
            }
            return outcome(context.transformPacket(slice.of(packet, length)));
        } catch (GeneralSecurityException e) {
            return -1;
        }
    }

    public int unprotectRtp(byte[] packet, int length) {
        if (length < RTP_HEADER) {
            return -1;
        }
        try {
            int ssrc = u32(packet, 8);
            SrtpCryptoContext known = receivingRtp.get(ssrc);
            SrtpCryptoContext context = known != null ? known : receiving.deriveContext(ssrc, 0);
            int result = outcome(context.reverseTransformPacket(slice.of(packet, length), false));
            if (known == null && result >= 0) {
                // Only an authentic packet makes us keep something.
                receivingRtp.put(ssrc, context);
            }
            return result;
        } catch (GeneralSecurityException | RuntimeException e) {
            // jitsi-srtp trusts the header's lengths; a forged header may lead it out of the packet.
            return -1;
        }
    }

    public int protectRtcp(byte[] packet, int length) {
        try {
            int ssrc = u32(packet, 4);
            SrtcpCryptoContext context = sendingRtcp.get(ssrc);
            if (context == null) {
                context = sending.deriveControlContext(ssrc);
                sendingRtcp.put(ssrc, context);
            }
            return outcome(context.transformPacket(slice.of(packet, length)));
        } catch (GeneralSecurityException e) {
            return -1;
        }
    }

    public int unprotectRtcp(byte[] packet, int length) {
        if (length < RTCP_HEADER) {
            return -1;
        }
        try {
            int ssrc = u32(packet, 4);
            SrtcpCryptoContext known = receivingRtcp.get(ssrc);
            SrtcpCryptoContext context = known != null ? known : receiving.deriveControlContext(ssrc);
            int result = outcome(context.reverseTransformPacket(slice.of(packet, length)));
            if (known == null && result >= 0) {
                receivingRtcp.put(ssrc, context);
            }
            return result;
        } catch (GeneralSecurityException | RuntimeException e) {
            return -1;
        }
    }

    private int outcome(SrtpErrorStatus status) {
        return status == SrtpErrorStatus.OK ? slice.getLength() : -1;
    }

    private SrtpSession(SrtpSession before, byte[] receiveKey, byte[] receiveSalt) {
        suite = before.suite;
        sending = before.sending;
        sendingRtp = before.sendingRtp;
        sendingRtcp = before.sendingRtcp;
        receiving = new SrtpContextFactory(false, receiveKey, receiveSalt, suite.rtp(), suite.rtcp(), LOG);
    }

    /**
     * For the time after the other side changed its key: what is sent goes on as before, counters and all. The session that this
     * was called on must not be used any more.
     */
    public SrtpSession receivingBy(byte[] receiveKey, byte[] receiveSalt) {
        return new SrtpSession(this, receiveKey, receiveSalt);
    }

    private static SrtpSuite suite(SrtpKeys.Profile profile) {
        return switch (profile) {
            case AEAD_AES_128_GCM -> SrtpSuite.AEAD_AES_128_GCM;
            case AES128_CM_HMAC_SHA1_80 -> SrtpSuite.AES_CM_128_HMAC_SHA1_80;
        };
    }

    private static <T> Map<Integer, T> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, T> eldest) {
                return size() > MOST_SSRCS;
            }
        };
    }

    private static int u32(byte[] b, int at) {
        return (b[at] & 0xff) << 24 | (b[at + 1] & 0xff) << 16 | (b[at + 2] & 0xff) << 8 | (b[at + 3] & 0xff);
    }
}
