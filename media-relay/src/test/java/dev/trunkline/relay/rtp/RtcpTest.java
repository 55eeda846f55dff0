package dev.trunkline.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtcpTest {
    private static final long NOW = 1_800_000_000_123L;
    private final RtcpWriter writer = new RtcpWriter(0xaaaa, "cname");
    private final RtcpReader reader = new RtcpReader(0xbbbb);

    @Test
    void aSenderReportIsRead() {
        var statistics = new RtpStatistics(8_000);
        statistics.received(0xbbbb, 1, 0, 0);
        statistics.received(0xbbbb, 3, 320, 40_000_000);
        int length = writer.report(new RtcpWriter.Sent(10, 1_600, 99), statistics, 0, 0, NOW);
        assertThat(length % 4).isZero();
        assertThat(reader.read(writer.buffer(), length, 0, NOW)).isTrue();
        assertThat(reader.lastSenderReport()).isEqualTo(NtpTime.compact(NOW));
        assertThat(reader.reportedLoss()).isCloseTo(1 / 3.0, within(0.01));
        assertThat(reader.roundTripMillis()).isZero();
    }

    @Test
    void theRoundTripIsWhatIsLeftOfTheTime() {
        var statistics = new RtpStatistics(8_000);
        statistics.received(0xbbbb, 1, 0, 0);
        long halfASecond = 32_768;
        int length = writer.report(
                new RtcpWriter.Sent(0, 0, 0), statistics, NtpTime.compact(NOW), halfASecond, NOW);
        assertThat(writer.buffer()[1] & 0xff).isEqualTo(201);
        assertThat(reader.read(writer.buffer(), length, 0, NOW + 580)).isTrue();
        assertThat(reader.roundTripMillis()).isCloseTo(80, within(1.0));
    }

    @Test
    void theTimeSinceTheLastReportIsCounted() {
        int length = writer.report(new RtcpWriter.Sent(1, 160, 0), new RtpStatistics(8_000), 0, 0, NOW);
        reader.read(writer.buffer(), length, 1_000_000_000L, NOW);
        assertThat(reader.sinceLastSenderReport(1_500_000_000L)).isEqualTo(32_768);
    }

    @Test
    void aByeIsACompoundPacketToo() {
        int length = writer.bye();
        assertThat(reader.read(writer.buffer(), length, 0, NOW)).isTrue();
        assertThat(writer.buffer()[length - 7] & 0xff).isEqualTo(203);
    }

    @Test
    void damagedPacketsAreRefusedOrReadWithoutHarm() {
        var random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            int length = writer.report(new RtcpWriter.Sent(1, 160, 0), new RtpStatistics(8_000), 0, 0, NOW);
            byte[] packet = Arrays.copyOf(writer.buffer(), Math.max(0, length - random.nextInt(length)));
            for (int damage = 0; damage < 3 && packet.length > 0; damage++) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt();
            }
            reader.read(packet, packet.length, 0, NOW);
        }
        assertThat(reader.read(new byte[0], 0, 0, NOW)).isFalse();
        assertThat(reader.read(new byte[] {(byte) 0x80, (byte) 200, 0, 9, 0, 0, 0, 0}, 8, 0, NOW)).isFalse();
    }
}
