package dev.trunkline.phone.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Codec;
import dev.trunkline.phone.ReceivedDigit;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RTP packets, reception statistics, digits, and what a call sends. */
class RtpTest {

    private static final long FRAME_NANOS = 20_000_000;

    private static RtpPacket packet(int sequence) {
        return new RtpPacket(0, false, sequence & 0xffff, sequence * 160L & 0xffff_ffffL, 1);
    }

    @Test
    void readsWhatItWrites() {
        RtpPacket packet = new RtpPacket(101, true, 65_535, 0xffff_fff0L, -5);
        ByteBuffer buffer = ByteBuffer.allocate(20);
        packet.write(buffer);
        buffer.put(new byte[] {1, 2, 3}).flip();

        assertThat(RtpPacket.read(buffer)).contains(packet);
        assertThat(buffer.remaining()).isEqualTo(3);
    }

    @Test
    void skipsSourcesExtensionAndPadding() {
        ByteBuffer buffer = ByteBuffer.wrap(HexFormat.of().parseHex("b1800001000000a000000007" + "00000009" + "bede0001aabbccdd" + "0102" + "000003"));

        assertThat(RtpPacket.read(buffer)).contains(new RtpPacket(0, true, 1, 160, 7));
        assertThat(buffer.remaining()).isEqualTo(2);
        assertThat(buffer.get()).isEqualTo((byte) 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8000", "4000000100000000000000aa", "80c80006000000000000000a", "8f0000010000000000000001", "900000010000000000000001bede", "900000010000000000000001bede0009", "a000000100000000000000010000ff"})
    void passesOverWhatIsNoRtp(String hex) {
        assertThat(RtpPacket.read(ByteBuffer.wrap(HexFormat.of().parseHex(hex)))).isEmpty();
    }

    @Test
    void countsLossOverTheWrapOfTheSequence() {
        ReceptionStats stats = new ReceptionStats();
        for (int sequence = 65_530; sequence < 65_550; sequence++) {
            if (sequence != 65_533 && sequence != 65_540) {
                assertThat(stats.accept(packet(sequence), sequence * FRAME_NANOS)).isTrue();
            }
        }
        assertThat(stats.received()).isEqualTo(18);
        assertThat(stats.lost()).isEqualTo(2);
        assertThat(stats.jitterMillis()).isCloseTo(0, within(0.05));
        assertThat(stats.maxGapMillis()).isEqualTo(40);

        assertThat(stats.accept(packet(65_540), 65_551 * FRAME_NANOS)).isFalse();
        assertThat(stats.lost()).isEqualTo(1);
        assertThat(stats.late()).isEqualTo(1);
    }

    @Test
    void beginsAgainWithANewSource() {
        ReceptionStats stats = new ReceptionStats();
        stats.accept(packet(10), 0);
        stats.accept(packet(12), FRAME_NANOS);
        stats.accept(new RtpPacket(0, false, 40_000, 5, 2), 2 * FRAME_NANOS);

        assertThat(stats.received()).isEqualTo(3);
        assertThat(stats.lost()).isEqualTo(1);
    }

    @Test
    void measuresJitterAsTheRfcDoes() {
        ReceptionStats stats = new ReceptionStats();
        for (int i = 0; i < 500; i++) {
            // Every other packet is 4 ms late, which makes each difference 4 ms.
            stats.accept(packet(i), i * FRAME_NANOS + i % 2 * 4_000_000L);
        }
        assertThat(stats.jitterMillis()).isCloseTo(4, within(0.1));
    }

    @Test
    void takesEachDigitOnce() {
        DtmfEvents events = new DtmfEvents();
        List<ReceivedDigit> heard = new ArrayList<>();
        for (String payload : List.of("050a00a0", "050a0140", "058a0320", "058a0320", "058a0320", "05", "638a0320")) {
            events.accept(1_000, ByteBuffer.wrap(HexFormat.of().parseHex(payload))).ifPresent(heard::add);
        }
        events.accept(9_000, ByteBuffer.wrap(HexFormat.of().parseHex("0b8a0640"))).ifPresent(heard::add);

        assertThat(heard).containsExactly(new ReceivedDigit('5', 100), new ReceivedDigit('#', 200));
        assertThat(events.digits()).isEqualTo(heard);
    }

    @Test
    void knowsEachDigit() {
        assertThat(DtmfEvents.code('0')).isZero();
        assertThat(DtmfEvents.code('*')).isEqualTo(10);
        assertThat(DtmfEvents.code('d')).isEqualTo(15);
        assertThatThrownBy(() -> DtmfEvents.code('x')).hasMessageContaining("'x'");
    }

    @Test
    void saysADigitInPlaceOfAudio() {
        Mouth mouth = new Mouth(AudioSource.silence(), Codec.PCMU, Optional.empty(), new Random(1));
        mouth.key('5', Duration.ofMillis(60));
        List<RtpPacket> sent = new ArrayList<>();
        List<String> payloads = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ByteBuffer buffer = ByteBuffer.allocate(400);
            mouth.next(buffer, 101);
            sent.add(RtpPacket.read(buffer.flip()).orElseThrow());
            byte[] payload = new byte[buffer.remaining()];
            buffer.get(payload);
            payloads.add(HexFormat.of().formatHex(payload, 0, 4));
        }

        assertThat(payloads).containsExactly("050a00a0", "050a0140", "058a01e0", "058a01e0", "058a01e0", "ffffffff", "ffffffff");
        assertThat(sent).extracting(RtpPacket::marker).containsExactly(true, false, false, false, false, true, false);
        assertThat(sent).extracting(RtpPacket::payloadType).containsExactly(101, 101, 101, 101, 101, 0, 0);
        long start = sent.getFirst().timestamp();
        assertThat(sent).extracting(packet -> packet.timestamp() - start & 0xffff_ffffL).containsExactly(0L, 0L, 0L, 0L, 0L, 800L, 960L);
        for (int i = 1; i < sent.size(); i++) {
            assertThat(sent.get(i).sequence()).isEqualTo(sent.get(i - 1).sequence() + 1 & 0xffff);
        }
    }

    @Test
    void dropsDigitsThatTheFarEndDoesNotTake() {
        Mouth mouth = new Mouth(AudioSource.silence(), Codec.PCMA, Optional.empty(), new Random(1));
        mouth.key('5', Duration.ofMillis(60));
        ByteBuffer buffer = ByteBuffer.allocate(400);
        mouth.next(buffer, -1);

        assertThat(RtpPacket.read(buffer.flip()).orElseThrow().payloadType()).isEqualTo(8);
        assertThatThrownBy(() -> mouth.key('5', Duration.ofSeconds(9))).hasMessageContaining("8 s");
    }
}
