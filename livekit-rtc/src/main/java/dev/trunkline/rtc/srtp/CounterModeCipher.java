package dev.trunkline.rtc.srtp;

import dev.trunkline.rtc.rtp.Octets;
import java.util.Arrays;

/** AES-128 in counter mode and HMAC-SHA1 (RFC 3711 sections 4.1.1 and 4.2.1). */
final class CounterModeCipher implements PacketCipher {

    private static final int RTCP_HEADER = 8;
    private static final int SALT = 14;

    private final Keystream stream;
    private final HmacSha1 hmac;
    private final byte[] salt;
    private final int tagLength;
    private final byte[] counter = new byte[Keystream.BLOCK];
    private final byte[] rollover = new byte[4];
    private final byte[] tag = new byte[HmacSha1.LENGTH];

    /** @param tagLength octets of the hash that are transmitted */
    CounterModeCipher(SessionKeys keys, int tagLength) {
        stream = new Keystream(keys.encryption());
        byte[] key = keys.authentication();
        hmac = new HmacSha1(key);
        Arrays.fill(key, (byte) 0);
        salt = keys.salt();
        this.tagLength = tagLength;
    }

    @Override
    public int sealRtp(byte[] packet, int header, int length, int ssrc, long index) {
        crypt(packet, header, length, ssrc, index);
        tag(packet, length, index);
        System.arraycopy(tag, 0, packet, length, tagLength);
        return length + tagLength;
    }

    @Override
    public int openRtp(byte[] packet, int header, int length, int ssrc, long index) {
        int end = length - tagLength;
        if (end < header) {
            return -1;
        }
        tag(packet, end, index);
        if (!SrtpSession.same(tag, packet, end, tagLength)) {
            return -1;
        }
        crypt(packet, header, end, ssrc, index);
        return end;
    }

    /** Section 3.4: header, encrypted part, index, tag. */
    @Override
    public int sealRtcp(byte[] packet, int length, int ssrc, int index) {
        crypt(packet, RTCP_HEADER, length, ssrc, index);
        Octets.put32(packet, length, index | ENCRYPTED);
        hmac.of(packet, length + INDEX, rollover, 0, tag);
        System.arraycopy(tag, 0, packet, length + INDEX, tagLength);
        return length + INDEX + tagLength;
    }

    @Override
    public int openRtcp(byte[] packet, int length, int ssrc) {
        int word = indexOfRtcp(packet, length);
        int end = length - tagLength - INDEX;
        hmac.of(packet, end + INDEX, rollover, 0, tag);
        if (!SrtpSession.same(tag, packet, end + INDEX, tagLength)) {
            return -1;
        }
        if ((word & ENCRYPTED) != 0) {
            crypt(packet, RTCP_HEADER, end, ssrc, word & ~ENCRYPTED);
        }
        return end;
    }

    @Override
    public int indexOfRtcp(byte[] packet, int length) {
        return Octets.int32(packet, length - tagLength - INDEX);
    }

    @Override
    public int shortestRtcp() {
        return RTCP_HEADER + INDEX + tagLength;
    }

    /** Section 4.1.1: SSRC and index XORed with the salt, then a block counter of 16 bits. */
    private void crypt(byte[] packet, int from, int to, int ssrc, long index) {
        System.arraycopy(salt, 0, counter, 0, SALT);
        for (int i = 0; i < 4; i++) {
            counter[4 + i] ^= (byte) (ssrc >> 24 - 8 * i);
        }
        for (int i = 0; i < 6; i++) {
            counter[8 + i] ^= (byte) (index >> 40 - 8 * i);
        }
        stream.apply(counter, packet, from, to - from);
    }

    /** Section 4.2: the rollover counter is authenticated with the packet, but not transmitted. */
    private void tag(byte[] packet, int length, long index) {
        Octets.put32(rollover, 0, index >> 16);
        hmac.of(packet, length, rollover, 4, tag);
    }
}
