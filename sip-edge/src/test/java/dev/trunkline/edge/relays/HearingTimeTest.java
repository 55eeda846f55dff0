package dev.trunkline.edge.relays;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HearingTimeTest {
    /** Near the maximum of a long: nanoTime may return any value, and only differences count. */
    private long readUntil = Long.MAX_VALUE - 10;

    private final HearingTime time = new HearingTime(readUntil, () -> readUntil);

    private void readOn(double seconds) {
        readUntil += nanos(seconds);
    }

    private static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }

    @Test
    void itGoesOnAsFarAsAllIsRead() {
        assertThat(time.nanos()).isZero();
        readOn(1);
        assertThat(time.nanos()).isEqualTo(nanos(1));
        assertThat(time.nanos()).as("nothing more was read").isEqualTo(nanos(1));
        readOn(1.5);
        assertThat(time.nanos()).isEqualTo(nanos(2.5));
    }

    @Test
    void anOutageCountsForASecondAndAHalf() {
        readOn(3_600);
        assertThat(time.nanos()).isEqualTo(nanos(1.5));
        readOn(1);
        assertThat(time.nanos()).isEqualTo(nanos(2.5));
    }

    @Test
    void itNeverGoesBack() {
        readOn(1);
        time.nanos();
        readOn(-0.5);
        assertThat(time.nanos()).isEqualTo(nanos(1));
        readOn(1);
        assertThat(time.nanos()).as("counted from the furthest point").isEqualTo(nanos(1.5));
    }

    @Test
    void whatIsHandledNowLiesAheadOfWhatIsReadByTheDelayOfReading() {
        assertThat(time.nanosAt(readUntil + nanos(0.7))).isEqualTo(nanos(0.7));
        assertThat(time.nanosAt(readUntil + Duration.ofMinutes(1).toNanos())).as("in an outage").isEqualTo(nanos(1.5));
        assertThat(time.nanosAt(readUntil - nanos(1))).isZero();
    }
}
