package dev.trunkline.rtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ReceptionStatsTest {

    private static final long FRAME = 20_000_000L;

    private final ReceptionStats stats = new ReceptionStats(8000);
    private long now = 5_000_000_000L;

    @Test
    void aCleanStreamHasNoLossAndNoJitter() {
        send(0, 500);
        ReportBlock report = stats.report(now);
        assertThat(report.ssrc()).isEqualTo(9);
        assertThat(report.fractionLost()).isZero();
        assertThat(report.cumulativeLost()).isZero();
        assertThat(report.highestSequence()).isEqualTo(499);
        assertThat(stats.jitterSeconds()).isCloseTo(0, within(1e-4));
    }

    @Test
    void lossIsCountedOverAllAndByInterval() {
        for (int i = 0; i < 400; i++) {
            packet(i, i % 4 != 0 || i == 0);
        }
        ReportBlock first = stats.report(now);
        assertThat(first.cumulativeLost()).isEqualTo(99);
        assertThat(first.fractionLost()).isEqualTo(63);
        assertThat(stats.intervalLoss()).isCloseTo(0.25, within(0.01));
        send(400, 100);
        ReportBlock second = stats.report(now);
        assertThat(second.fractionLost()).isZero();
        assertThat(second.cumulativeLost()).isEqualTo(99);
    }

    @Test
    void theSequenceMayWrap() {
        send(65_500, 100);
        assertThat(stats.lost()).isZero();
        assertThat(stats.report(now).highestSequence()).isEqualTo(65_599);
    }

    @Test
    void lateAndDoubledPacketsAreNoLoss() {
        packet(1, true);
        packet(3, true);
        packet(2, true);
        assertThat(stats.lost()).isZero();
        packet(3, true);
        assertThat(stats.lost()).isZero();
        ReportBlock report = stats.report(now);
        assertThat(report.cumulativeLost()).isEqualTo(-1);
        assertThat(report.fractionLost()).isZero();
    }

    @Test
    void aSenderThatBeginsAnewLosesNothing() {
        send(0, 100);
        send(40_000, 100);
        assertThat(stats.lost()).isZero();
        assertThat(stats.packets()).isEqualTo(200);
        send(7, 100);
        assertThat(stats.lost()).isZero();
    }

    @Test
    void anotherSenderKeepsTheTotals() {
        packet(1, true);
        packet(3, true);
        stats.received(2, 9_000, 0, now);
        stats.received(2, 9_001, 160, now + FRAME);
        assertThat(stats.packets()).isEqualTo(4);
        assertThat(stats.lost()).isEqualTo(1);
        assertThat(stats.ssrc()).isEqualTo(2);
        assertThat(stats.report(now).cumulativeLost()).isZero();
    }

    @Test
    void anotherClockMeasuresJitterAnew() {
        for (int i = 0; i < 200; i++) {
            stats.received(9, i, i * 160L, now + i * FRAME + i % 2 * 5_000_000L);
        }
        // The delay of each packet differs by 5 ms from that of the previous one.
        assertThat(stats.jitterSeconds()).isCloseTo(0.005, within(0.0001));
        stats.clock(48_000);
        assertThat(stats.jitterSeconds()).isZero();
        stats.received(9, 200, 200 * 960L, now + 200 * FRAME);
        assertThat(stats.jitterSeconds()).isZero();
    }

    @Test
    void jitterComesNearTheSpreadOfTheDelays() {
        Random random = new Random(1);
        for (int i = 0; i < 3000; i++) {
            stats.received(9, i & 0xffff, i * 160L, now + i * FRAME + random.nextLong(10_000_000L));
        }
        // Two uniform delays of 0 to 10 ms differ by 3.3 ms on average.
        assertThat(stats.jitterSeconds()).isCloseTo(0.0033, within(0.001));
    }

    @Test
    void aTimestampThatWrapsMakesNoJitter() {
        for (int i = 0; i < 100; i++) {
            stats.received(9, i, 0xffff_ffffL - 8000 + i * 160L & 0xffff_ffffL, now + i * FRAME);
        }
        assertThat(stats.jitterSeconds()).isCloseTo(0, within(1e-4));
    }

    @Test
    void aReportTellsWhenTheLastSenderReportCame() {
        send(0, 1);
        assertThat(stats.report(now).lastSenderReport()).isZero();
        stats.senderReport(0x1234_5678_9abc_def0L, now);
        ReportBlock report = stats.report(now + 1_500_000_000L);
        assertThat(report.lastSenderReport()).isEqualTo(0x5678_9abcL);
        assertThat(report.delay()).isEqualTo(65_536 * 3 / 2);
    }

    private void send(int first, int count) {
        for (int i = first; i < first + count; i++) {
            packet(i, true);
        }
    }

    private void packet(int number, boolean arrives) {
        now += FRAME;
        if (arrives) {
            stats.received(9, number & 0xffff, number * 160L & 0xffff_ffffL, 5_000_000_000L + number * FRAME);
        }
    }
}
