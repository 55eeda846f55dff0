package dev.trunkline.rtc.srtp;

import dev.trunkline.rtc.rtp.Octets;
import java.util.Arrays;

/** AES-128-GCM with tags of 16 octets (RFC 7714). */
final class GcmCipher implements PacketCipher {

    private static final int TAG = 16;
    private static final int NONCE = 12;
    private static final int RTCP_HEADER = 8;

    private final Keystream stream;
    private final Ghash ghash;
    private final byte[] salt;
    private final byte[] counter = new byte[Keystream.BLOCK];
    private final byte[] mask = new byte[TAG];
    private final byte[] hash = new byte[TAG];
    private final byte[] associated = new byte[RTCP_HEADER + INDEX];

    GcmCipher(SessionKeys keys) {
        this(keys.encryption(), keys.salt());
    }

    /** @param key of the session, as is its salt */
    GcmCipher(byte[] key, byte[] salt) {
        this.stream = new Keystream(key);
        this.salt = salt;
        byte[] image = new byte[Keystream.BLOCK];
        stream.block(image, image);
        ghash = new Ghash(image);
        Arrays.fill(image, (byte) 0);
    }

    @Override
    public int sealRtp(byte[] packet, int header, int length, int ssrc, long index) {
        begin(ssrc, index);
        stream.apply(counter, packet, header, length - header);
        tag(packet, header, packet, header, length - header);
        System.arraycopy(hash, 0, packet, length, TAG);
        return length + TAG;
    }

    @Override
    public int openRtp(byte[] packet, int header, int length, int ssrc, long index) {
        int end = length - TAG;
        if (end < header) {
            return -1;
        }
        begin(ssrc, index);
        tag(packet, header, packet, header, end - header);
        if (!SrtpSession.same(hash, packet, end, TAG)) {
            return -1;
        }
        stream.apply(counter, packet, header, end - header);
        return end;
    }

    /** Section 9: header, encrypted part, tag, index. */
    @Override
    public int sealRtcp(byte[] packet, int length, int ssrc, int index) {
        begin(ssrc, index);
        stream.apply(counter, packet, RTCP_HEADER, length - RTCP_HEADER);
        associate(packet, index | ENCRYPTED);
        tag(associated, associated.length, packet, RTCP_HEADER, length - RTCP_HEADER);
        System.arraycopy(hash, 0, packet, length, TAG);
        Octets.put32(packet, length + TAG, index | ENCRYPTED);
        return length + TAG + INDEX;
    }

    @Override
    public int openRtcp(byte[] packet, int length, int ssrc) {
        int word = indexOfRtcp(packet, length);
        int end = length - INDEX - TAG;
        if ((word & ENCRYPTED) == 0) {
            // Unencrypted SRTCP is not agreed on here.
            return -1;
        }
        begin(ssrc, word & ~ENCRYPTED);
        associate(packet, word);
        tag(associated, associated.length, packet, RTCP_HEADER, end - RTCP_HEADER);
        if (!SrtpSession.same(hash, packet, end, TAG)) {
            return -1;
        }
        stream.apply(counter, packet, RTCP_HEADER, end - RTCP_HEADER);
        return end;
    }

    @Override
    public int indexOfRtcp(byte[] packet, int length) {
        return Octets.int32(packet, length - INDEX);
    }

    @Override
    public int shortestRtcp() {
        return RTCP_HEADER + TAG + INDEX;
    }

    /** Sections 8.1 and 9.1: SSRC and index XORed with the salt. The first block is for the tag, the following ones for the packet. */
    private void begin(int ssrc, long index) {
        System.arraycopy(salt, 0, counter, 0, NONCE);
        for (int i = 0; i < 4; i++) {
            counter[2 + i] ^= (byte) (ssrc >> 24 - 8 * i);
        }
        for (int i = 0; i < 6; i++) {
            counter[6 + i] ^= (byte) (index >> 40 - 8 * i);
        }
        Octets.put32(counter, NONCE, 1);
        stream.block(counter, mask);
        counter[Keystream.BLOCK - 1] = 2;
    }

    private void associate(byte[] packet, int word) {
        System.arraycopy(packet, 0, associated, 0, RTCP_HEADER);
        Octets.put32(associated, RTCP_HEADER, word);
    }

    /** Computes the tag into {@link #hash}. @param clear begins with the part that is only authenticated */
    private void tag(byte[] clear, int clearLength, byte[] encrypted, int offset, int length) {
        ghash.begin();
        ghash.take(clear, 0, clearLength);
        ghash.take(encrypted, offset, length);
        ghash.finish(clearLength, length, hash);
        for (int i = 0; i < TAG; i++) {
            hash[i] ^= mask[i];
        }
    }
}
