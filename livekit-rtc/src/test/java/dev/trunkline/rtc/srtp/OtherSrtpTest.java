package dev.trunkline.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.rtp.Octets;
import java.util.Arrays;
import java.util.Random;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.LoggerImpl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packets to and from jitsi-srtp, an independent implementation: of every shape, over a rollover, late and repeated. */
class OtherSrtpTest {
    private static final int SSRC = 0xfedc_ba98;

    private final Random random = new Random(17);

    private byte[] octets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    private static SrtpPolicy policy(SrtpSuite suite, boolean rtcp) {
        return switch (suite) {
            case AEAD_AES_128_GCM ->
                new SrtpPolicy(SrtpPolicy.AESGCM_ENCRYPTION, 16, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, 12);
            case AES_CM_128_HMAC_SHA1_80 ->
                new SrtpPolicy(SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, 10, 14);
            case AES_CM_128_HMAC_SHA1_32 ->
                new SrtpPolicy(SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, rtcp ? 10 : 4, 14);
        };
    }

    private static SrtpContextFactory other(SrtpSuite suite, boolean sender, byte[] key, byte[] salt) {
        return new SrtpContextFactory(
                sender, key, salt, policy(suite, false), policy(suite, true), new LoggerImpl(OtherSrtpTest.class.getName()));
    }

    /**
     * Returns a packet with any number of contributing sources, or none, and possibly an extension, and with a payload of
     * any length.
     */
    private byte[] rtp(int sequence) {
        int sources = random.nextInt(4) == 0 ? random.nextInt(16) : 0;
        boolean extended = random.nextInt(3) == 0;
        int words = extended ? random.nextInt(4) : 0;
        byte[] packet = octets(12 + 4 * sources + (extended ? 4 + 4 * words : 0) + random.nextInt(400));
        packet[0] = (byte) (0x80 | (extended ? 0x10 : 0) | sources);
        Octets.put16(packet, 2, sequence);
        Octets.put32(packet, 8, SSRC);
        if (extended) {
            Octets.put16(packet, 12 + 4 * sources + 2, words);
        }
        return packet;
    }

    private byte[] rtcp() {
        byte[] packet = octets(8 + 4 * random.nextInt(40));
        packet[0] = (byte) 0x80;
        packet[1] = (byte) 200;
        Octets.put32(packet, 4, SSRC);
        return packet;
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void whatIsSealedHereIsOpenedThere(SrtpSuite suite) throws Exception {
        byte[] key = octets(16);
        byte[] salt = octets(suite.saltLength());
        SrtpSession here = new SrtpSession(suite, key, salt, octets(16), octets(suite.saltLength()));
        SrtpContextFactory there = other(suite, false, key, salt);
        SrtpCryptoContext rtp = there.deriveContext(SSRC, 0);
        SrtcpCryptoContext rtcp = there.deriveControlContext(SSRC);
        for (int sequence = 64_500; sequence < 66_500; sequence++) {
            byte[] clear = rtp(sequence & 0xffff);
            Slice slice = new Slice(clear);
            slice.length = here.protectRtp(slice.buffer, clear.length);
            assertThat(rtp.reverseTransformPacket(slice, false)).isEqualTo(SrtpErrorStatus.OK);
            assertThat(slice.octets()).isEqualTo(clear);
            if (sequence % 20 == 0) {
                byte[] report = rtcp();
                Slice sealed = new Slice(report);
                sealed.length = here.protectRtcp(sealed.buffer, report.length);
                assertThat(rtcp.reverseTransformPacket(sealed)).isEqualTo(SrtpErrorStatus.OK);
                assertThat(sealed.octets()).isEqualTo(report);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void whatIsSealedThereIsOpenedHereOnce(SrtpSuite suite) throws Exception {
        byte[] key = octets(16);
        byte[] salt = octets(suite.saltLength());
        SrtpSession here = new SrtpSession(suite, octets(16), octets(suite.saltLength()), key, salt);
        SrtpContextFactory there = other(suite, true, key, salt);
        SrtpCryptoContext rtp = there.deriveContext(SSRC, 0);
        SrtcpCryptoContext rtcp = there.deriveControlContext(SSRC);
        byte[][] late = new byte[2][];
        for (int sequence = 64_500; sequence < 66_500; sequence++) {
            byte[] clear = rtp(sequence & 0xffff);
            Slice slice = new Slice(clear);
            assertThat(rtp.transformPacket(slice)).isEqualTo(SrtpErrorStatus.OK);
            if (sequence % 10 == 3) {
                // Arrives after the next two packets.
                late = new byte[][] {clear, slice.octets()};
                continue;
            }
            assertOpened(here, clear, slice.octets());
            if (sequence % 10 == 5) {
                assertOpened(here, late[0], late[1]);
            }
            if (sequence % 20 == 0) {
                byte[] report = rtcp();
                Slice sealed = new Slice(report);
                assertThat(rtcp.transformPacket(sealed)).isEqualTo(SrtpErrorStatus.OK);
                byte[] again = sealed.buffer.clone();
                assertThat(here.unprotectRtcp(sealed.buffer, sealed.length)).isEqualTo(report.length);
                assertThat(Arrays.copyOf(sealed.buffer, report.length)).isEqualTo(report);
                assertThat(here.unprotectRtcp(again, sealed.length)).isEqualTo(-1);
            }
        }
    }

    private void assertOpened(SrtpSession here, byte[] clear, byte[] sealed) {
        byte[] forged = sealed.clone();
        forged[random.nextInt(sealed.length)] ^= (byte) (1 << random.nextInt(8));
        byte[] before = forged.clone();
        assertThat(here.unprotectRtp(forged, forged.length)).isEqualTo(-1);
        assertThat(forged).as("what is not authentic stays as it is").isEqualTo(before);
        byte[] again = sealed.clone();
        assertThat(here.unprotectRtp(sealed, sealed.length)).isEqualTo(clear.length);
        assertThat(Arrays.copyOf(sealed, clear.length)).isEqualTo(clear);
        assertThat(here.unprotectRtp(again, again.length)).isEqualTo(-1);
    }

    /** The packet type that jitsi-srtp works on. */
    private static final class Slice implements ByteArrayBuffer {
        private final byte[] buffer;
        private int length;

        Slice(byte[] clear) {
            buffer = Arrays.copyOf(clear, clear.length + SrtpSession.TAIL);
            length = clear.length;
        }

        byte[] octets() {
            return Arrays.copyOf(buffer, length);
        }

        @Override
        public byte[] getBuffer() {
            return buffer;
        }

        @Override
        public int getOffset() {
            return 0;
        }

        @Override
        public int getLength() {
            return length;
        }

        @Override
        public void setLength(int newLength) {
            length = newLength;
        }

        @Override
        public void setOffset(int offset) {
            throw new UnsupportedOperationException("a packet starts at the start of its buffer");
        }

        @Override
        public boolean isInvalid() {
            return false;
        }

        @Override
        public void readRegionToBuff(int offset, int count, byte[] target) {
            System.arraycopy(buffer, offset, target, 0, count);
        }

        @Override
        public void grow(int count) {
            // The buffer is large enough already.
        }

        @Override
        public void append(byte[] data, int count) {
            System.arraycopy(data, 0, buffer, length, count);
            length += count;
        }

        @Override
        public void shrink(int count) {
            length -= count;
        }
    }
}
