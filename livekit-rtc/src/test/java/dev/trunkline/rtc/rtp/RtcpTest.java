package dev.trunkline.rtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpTest {

    private static final ReportBlock BLOCK = new ReportBlock(0xffffffffL, 255, -5, 0x1_0002, 77, 0x89abcdefL, 65_536);
    private static final RtcpWriter.SenderInfo SENDER = new RtcpWriter.SenderInfo(0x83aa7e8012345678L, 0xfffffff0L, 10, 1600);

    private final List<Object> heard = new ArrayList<>();
    private final RtcpReader.Handler handler = new RtcpReader.Handler() {
        @Override
        public void senderReport(long ssrc, long ntp, long timestamp, long packets, long octets) {
            heard.add(ssrc);
            heard.add(new RtcpWriter.SenderInfo(ntp, timestamp, packets, octets));
        }

        @Override
        public void reportBlock(long reporter, ReportBlock block) {
            heard.add(reporter);
            heard.add(block);
        }

        @Override
        public void goodbye(long ssrc) {
            heard.add("bye " + ssrc);
        }
    };

    @Test
    void aSenderReportComesBack() {
        byte[] packet = new byte[200];
        int length = new RtcpWriter(7, "me").write(packet, Optional.of(SENDER), List.of(BLOCK));
        assertThat(length % 4).isZero();
        assertThat(RtcpReader.read(packet, length, handler)).isTrue();
        assertThat(heard).containsExactly(7L, SENDER, 7L, BLOCK);
    }

    @Test
    void aReceiverReportComesBack() {
        byte[] packet = new byte[200];
        int length = new RtcpWriter(7, "me").write(packet, Optional.empty(), List.of(BLOCK, BLOCK));
        assertThat(RtcpReader.read(packet, length, handler)).isTrue();
        assertThat(heard).containsExactly(7L, BLOCK, 7L, BLOCK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "abcd", "a name that is rather long"})
    void theNameIsPaddedToWholeWords(String name) {
        byte[] packet = new byte[400];
        RtcpWriter writer = new RtcpWriter(7, name);
        int length = writer.write(packet, Optional.of(SENDER), List.of());
        assertThat(length).isEqualTo(writer.length(0));
        assertThat(length % 4).isZero();
        assertThat(RtcpReader.read(packet, length, handler)).isTrue();
        // RFC 3550 section 6.5: at least one zero octet ends the items.
        assertThat(packet[length - 1]).isZero();
    }

    @Test
    void moreBlocksThanTheCountHoldsAreLeftOut() {
        byte[] packet = new byte[2000];
        int length = new RtcpWriter(7, "me").write(packet, Optional.empty(), Collections.nCopies(40, BLOCK));
        assertThat(RtcpReader.read(packet, length, handler)).isTrue();
        assertThat(heard).hasSize(2 * RtcpWriter.MOST_BLOCKS);
    }

    @Test
    void feedbackIsSkippedAndGoodbyeHeard() {
        byte[] feedback = {(byte) 0x81, (byte) 206, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, (byte) 0x81, (byte) 203, 0, 1, 0, 0, 0, 9};
        assertThat(RtcpReader.read(feedback, feedback.length, handler)).isTrue();
        assertThat(heard).containsExactly("bye 9");
    }

    @Test
    void everyShortenedPacketIsRefused() {
        byte[] packet = new byte[200];
        int length = new RtcpWriter(7, "me").write(packet, Optional.of(SENDER), List.of(BLOCK));
        int reportEnd = 8 + 20 + 24;
        for (int cut = 0; cut < length; cut++) {
            if (cut != reportEnd) {
                assertThat(RtcpReader.read(Arrays.copyOf(packet, cut), cut, handler)).as("cut at %d", cut).isFalse();
            }
        }
    }

    @Test
    void garbageNeverThrows() {
        Random random = new Random(5);
        byte[] good = new byte[200];
        int length = new RtcpWriter(7, "me").write(good, Optional.of(SENDER), List.of(BLOCK));
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = Arrays.copyOf(good, length);
            for (int j = 0; j < 3; j++) {
                bytes[random.nextInt(length)] = (byte) random.nextInt();
            }
            refused += RtcpReader.read(bytes, length, handler) ? 0 : 1;
            heard.clear();
        }
        assertThat(refused).isPositive();
    }

    @Test
    void aGoodbyeIsACompoundPacketToo() {
        RtcpWriter writer = new RtcpWriter(7, "me");
        byte[] packet = new byte[writer.length(0)];
        int length = writer.goodbye(packet);
        assertThat(RtcpReader.isCompound(packet, length)).isTrue();
        assertThat(packet[length - 7] & 0xff).isEqualTo(203);
        assertThat(RtcpReader.read(packet, length, handler)).isTrue();
        assertThat(heard).containsExactly("bye 7");
    }

    @Test
    void aCompoundPacketBeginsWithAReportAndItsLengthsAddUp() {
        byte[] packet = new byte[200];
        int length = new RtcpWriter(7, "me").write(packet, Optional.of(SENDER), List.of(BLOCK));
        assertThat(RtcpReader.isCompound(packet, length)).isTrue();
        assertThat(RtcpReader.isCompound(packet, length - 1)).isFalse();
        assertThat(RtcpReader.isCompound(packet, length + 1)).isFalse();
        byte[] feedback = {(byte) 0x81, (byte) 206, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2};
        assertThat(RtcpReader.isCompound(feedback, feedback.length)).isFalse();
        assertThat(RtcpReader.isCompound(new byte[0], 0)).isFalse();
        assertThat(RtcpReader.isCompound(new byte[] {(byte) 0x80, (byte) 200, 0, 9, 0, 0, 0, 0}, 8)).isFalse();
    }

    @Test
    void blocksThatAreThereAreReadThoughMoreWereAnnounced() {
        byte[] packet = new byte[200];
        int length = new RtcpWriter(7, "").write(packet, Optional.empty(), List.of(BLOCK));
        packet[0] = (byte) 0x82;
        assertThat(RtcpReader.read(packet, length, handler)).isFalse();
        assertThat(heard).containsExactly(7L, BLOCK);
    }

    @Test
    void rtcpIsToldFromRtp() {
        assertThat(RtcpReader.isRtcp(new byte[] {(byte) 0x80, (byte) 200}, 2)).isTrue();
        assertThat(RtcpReader.isRtcp(new byte[] {(byte) 0x80, (byte) 128}, 2)).isFalse();
        assertThat(RtcpReader.isRtcp(new byte[0], 0)).isFalse();
    }

    @Test
    void theRoundTripIsWhatIsLeftOfTheTime() {
        long sent = NtpTime.of(Instant.ofEpochMilli(1_800_000_000_123L));
        long halfASecond = 32_768;
        ReportBlock block = new ReportBlock(7, 0, 0, 0, 0, NtpTime.middle(sent), halfASecond);
        assertThat(block.roundTrip(NtpTime.of(Instant.ofEpochMilli(1_800_000_000_703L))).orElseThrow())
                .isBetween(Duration.ofMillis(79), Duration.ofMillis(81));
        // A clock that was set back gives no result; a negative result due to rounding counts as zero.
        assertThat(block.roundTrip(sent)).isEmpty();
        assertThat(new ReportBlock(7, 0, 0, 0, 0, NtpTime.middle(sent), 1).roundTrip(sent)).contains(Duration.ZERO);
        assertThat(BLOCK.roundTrip(sent)).isEmpty();
        assertThat(new ReportBlock(7, 0, 0, 0, 0, 0, 0).roundTrip(sent)).isEmpty();
    }

    @Test
    void ntpTimeCountsFrom1900() {
        assertThat(NtpTime.of(Instant.EPOCH)).isEqualTo(2_208_988_800L << 32);
        assertThat(NtpTime.of(Instant.ofEpochSecond(0, 500_000_000)) & 0xffff_ffffL).isEqualTo(0x8000_0000L);
        assertThat(NtpTime.middle(0x1234_5678_9abc_def0L)).isEqualTo(0x5678_9abcL);
    }
}
