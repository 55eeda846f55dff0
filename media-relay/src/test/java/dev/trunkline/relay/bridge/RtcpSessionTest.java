package dev.trunkline.relay.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trunkline.relay.bridge.PacketCounts.Kind;
import dev.trunkline.relay.rtp.SourceLatch;
import dev.trunkline.relay.rtp.TrustedSources;
import dev.trunkline.relay.sdp.MediaDirection;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.rtp.NtpTime;
import dev.trunkline.rtc.rtp.ReportBlock;
import dev.trunkline.rtc.rtp.RtcpWriter;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a phone's reports say about it, and whose reports count. */
class RtcpSessionTest {
    private static final InetSocketAddress PHONE = new InetSocketAddress("203.0.113.5", 4000);
    private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_580L);
    private static final long OURS = 0xaaaa;

    private final PhoneSide phone = new PhoneSide(
            new SourceLatch(new TrustedSources(Optional.empty(), false)),
            new LifeWatch(Duration.ofSeconds(12), Duration.ofMinutes(30)),
            TestMedia.of(PhoneCodec.PCMU, 0, 20, PHONE, MediaDirection.SENDRECV));
    private final RtcpSession session = new RtcpSession(
            phone, new PhonePort(Optional.empty()), OURS, "cname", Clock.fixed(NOW, ZoneOffset.UTC));
    private final byte[] packet = new byte[300];

    private int report(ReportBlock... blocks) {
        phone.latch.answered();
        return new RtcpWriter(0xbbbb, "phone").write(
                packet, Optional.of(new RtcpWriter.SenderInfo(0x1234_5678_9abc_def0L, 0, 1, 160)), List.of(blocks));
    }

    @Test
    void lossAndRoundTripAreThoseOfOurStream() {
        long sent = NtpTime.middle(NtpTime.of(NOW.minusMillis(580)));
        long halfASecond = 32_768;
        int length = report(
                new ReportBlock(1, 255, 0, 0, 0, sent, 0), new ReportBlock(OURS, 64, 0, 0, 0, sent, halfASecond));
        session.packet(PHONE, packet, length, 0);
        assertThat(session.reportedLoss()).isEqualTo(0.25);
        assertThat(session.roundTripMillis()).isCloseTo(80, within(1.0));
    }

    @Test
    void itsSenderReportIsQuotedInOurs() {
        session.packet(PHONE, packet, report(), 1_000_000_000L);
        ReportBlock ours = phone.received.report(1_500_000_000L);
        assertThat(ours.lastSenderReport()).isEqualTo(0x5678_9abcL);
        assertThat(ours.delay()).isEqualTo(32_768);
    }

    @Test
    void whatIsDamagedOrSomebodyElsesTellsNothing() {
        int length = report(new ReportBlock(OURS, 64, 0, 0, 0, 0, 0));
        session.packet(new InetSocketAddress("198.51.100.7", 4001), packet, length, 0);
        session.packet(PHONE, packet, length - 1, 0);
        assertThat(session.reportedLoss()).isZero();
        assertThat(phone.counts.get(Kind.WRONG_SOURCE)).isEqualTo(1);
        assertThat(phone.counts.get(Kind.MALFORMED)).isEqualTo(1);
        assertThat(phone.life.lastHeard()).isEmpty();
    }
}
