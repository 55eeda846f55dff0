package dev.trunkline.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.rtc.rtp.RtpWriter;
import dev.trunkline.rtc.srtp.SrtpSession;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A handshake in memory, and packets under its keys. */
class DtlsAndSrtpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final DtlsIdentity identity = DtlsIdentity.create(new SecureRandom(), Clock.systemUTC());

    @ParameterizedTest
    @EnumSource(SrtpKeys.Profile.class)
    void bothSidesGetTheSameKeysTheOtherWayRound(SrtpKeys.Profile profile) throws Exception {
        DtlsLoopback.Keys keys = handshake(profile, identity.fingerprint());
        assertThat(keys.client().profile()).isEqualTo(profile);
        assertThat(keys.client().sendKey()).isEqualTo(keys.server().receiveKey()).hasSize(16);
        assertThat(keys.client().receiveSalt()).isEqualTo(keys.server().sendSalt());
        assertThat(keys.client().sendKey()).isNotEqualTo(keys.client().receiveKey());
        assertThat(keys.client().toString()).isEqualTo("SrtpKeys[" + profile + "]");
    }

    @Test
    void anotherCertificateIsRefused() {
        String other = DtlsIdentity.create(new SecureRandom(), Clock.systemUTC()).fingerprint();
        assertThatThrownBy(() -> handshake(SrtpKeys.Profile.AEAD_AES_128_GCM, other))
                .isInstanceOf(IOException.class).hasMessageContaining("bad_certificate");
    }

    @Test
    void fingerprintsLookAsSdpWantsThem() {
        assertThat(identity.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    }

    @Test
    void aSilentServerTimesOut() {
        DtlsSession alone = new DtlsSession(identity, datagram -> { });
        assertThatThrownBy(() -> alone.handshake(identity.fingerprint(), Duration.ofMillis(300)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void beforeTheHandshakeNothingIsSentAndAFloodIsDropped() {
        DtlsSession early = new DtlsSession(identity, datagram -> { });
        assertThat(early.send(new byte[10])).isFalse();
        int taken = 0;
        for (int i = 0; i < 1000; i++) {
            taken += early.feed(new byte[50], 50, message -> { }) ? 1 : 0;
        }
        assertThat(taken).isLessThan(100);
        early.close();
        assertThat(early.feed(new byte[50], 50, message -> { })).isFalse();
    }

    @ParameterizedTest
    @EnumSource(SrtpKeys.Profile.class)
    void protectedPacketsComeBackAndForgedAndRepeatedOnesDoNot(SrtpKeys.Profile profile) throws Exception {
        DtlsLoopback.Keys keys = handshake(profile, identity.fingerprint());
        SrtpSession client = new SrtpSession(keys.client());
        SrtpSession server = new SrtpSession(keys.server());
        byte[] clear = new byte[300];
        RtpWriter writer = new RtpWriter(77, 1);
        for (int sequence = 65_530; sequence < 65_550; sequence++) {
            int length = 160 + writer.header(clear, 0, false, sequence & 0xffff, sequence, 9);
            byte[] packet = clear.clone();
            int protectedLength = client.protectRtp(packet, length);
            assertThat(protectedLength).isGreaterThan(length).isLessThanOrEqualTo(length + SrtpSession.TAIL);
            byte[] forged = packet.clone();
            forged[protectedLength - 1] ^= 1;
            assertThat(server.unprotectRtp(forged, protectedLength)).isEqualTo(-1);
            byte[] repeated = packet.clone();
            assertThat(server.unprotectRtp(packet, protectedLength)).isEqualTo(length);
            assertThat(Arrays.copyOf(packet, length)).isEqualTo(Arrays.copyOf(clear, length));
            assertThat(server.unprotectRtp(repeated, protectedLength)).isEqualTo(-1);
        }
        byte[] report = new byte[100];
        report[0] = (byte) 0x80;
        report[1] = (byte) 201;
        report[3] = 1;
        byte[] sent = report.clone();
        int length = client.protectRtcp(sent, 8);
        assertThat(server.unprotectRtcp(sent.clone(), length)).isEqualTo(8);
        sent[4] ^= 1;
        assertThat(server.unprotectRtcp(sent, length)).isEqualTo(-1);
    }

    @Test
    void garbageIsNeverAPacket() throws Exception {
        SrtpSession session = new SrtpSession(handshake(
                SrtpKeys.Profile.AEAD_AES_128_GCM, identity.fingerprint()).client());
        Random random = new Random(2);
        for (int i = 0; i < 5000; i++) {
            byte[] bytes = new byte[200];
            random.nextBytes(bytes);
            bytes[0] = (byte) (0x80 | bytes[0] & 0x3f);
            int length = random.nextInt(120);
            assertThat(session.unprotectRtp(bytes.clone(), length)).isEqualTo(-1);
            assertThat(session.unprotectRtcp(bytes, length)).isEqualTo(-1);
        }
    }

    private DtlsLoopback.Keys handshake(SrtpKeys.Profile profile, String fingerprint) throws IOException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            return DtlsLoopback.handshake(identity, profile, fingerprint, executor, PATIENCE);
        }
    }
}
