package dev.trunkline.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.rtp.RtpWriter;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions with keys that were agreed on elsewhere. */
class SrtpSuiteTest {
    private static final int PAYLOAD = 160;

    private final Random random = new Random(11);
    private final RtpWriter writer = new RtpWriter(77);

    private byte[] octets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    private int packet(byte[] buffer, int sequence) {
        int begin = writer.header(buffer, 0, false, sequence & 0xffff, sequence * 160L);
        Arrays.fill(buffer, begin, begin + PAYLOAD, (byte) 0);
        return begin + PAYLOAD;
    }

    @ParameterizedTest
    @CsvSource({"AEAD_AES_128_GCM, 16", "AES_CM_128_HMAC_SHA1_80, 10", "AES_CM_128_HMAC_SHA1_32, 4"})
    void tagsAreAsLongAsTheSuiteSays(SrtpSuite suite, int tag) {
        byte[] key = octets(16);
        byte[] salt = octets(suite.saltLength());
        var sender = new SrtpSession(suite, key, salt, octets(16), octets(suite.saltLength()));
        var receiver = new SrtpSession(suite, octets(16), octets(suite.saltLength()), key, salt);
        byte[] buffer = new byte[300];
        int length = packet(buffer, 1);
        int sealed = sender.protectRtp(buffer, length);
        assertThat(sealed).isEqualTo(length + tag);
        byte[] forged = buffer.clone();
        forged[sealed - 1] ^= 1;
        assertThat(receiver.unprotectRtp(forged, sealed)).isEqualTo(-1);
        assertThat(receiver.unprotectRtp(buffer, sealed)).isEqualTo(length);
        assertThat(Arrays.copyOfRange(buffer, 12, length)).containsOnly((byte) 0);
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void theOtherSidesNewKeyLeavesOursAndItsRolloverAlone(SrtpSuite suite) {
        byte[] ours = octets(16);
        byte[] ourSalt = octets(suite.saltLength());
        byte[] theirs = octets(16);
        byte[] theirSalt = octets(suite.saltLength());
        var here = new SrtpSession(suite, ours, ourSalt, octets(16), octets(suite.saltLength()));
        var there = new SrtpSession(suite, theirs, theirSalt, ours, ourSalt);
        byte[] buffer = new byte[300];
        int length = 0;
        for (int sequence = 65_500; sequence < 65_600; sequence++) {
            length = packet(buffer, sequence);
            assertThat(there.unprotectRtp(buffer, here.protectRtp(buffer, length))).isEqualTo(length);
        }
        SrtpSession after = here.receivingBy(theirs, theirSalt);
        length = packet(buffer, 65_600);
        assertThat(there.unprotectRtp(buffer, after.protectRtp(buffer, length))).isEqualTo(length);
        length = packet(buffer, 9);
        assertThat(after.unprotectRtp(buffer, there.protectRtp(buffer, length))).isEqualTo(length);
    }

    @Test
    void noPacketMakesTheReceiverThrow() {
        var receiver = new SrtpSession(
                SrtpSuite.AES_CM_128_HMAC_SHA1_32, octets(16), octets(14), octets(16), octets(14));
        for (int i = 0; i < 20_000; i++) {
            byte[] packet = octets(300);
            packet[0] = (byte) (0x80 | packet[0] & 0x3f);
            assertThat(receiver.unprotectRtp(packet, random.nextInt(268))).isEqualTo(-1);
            assertThat(receiver.unprotectRtcp(packet, random.nextInt(268))).isEqualTo(-1);
        }
    }
}
