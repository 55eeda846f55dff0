package dev.trunkline.demoagent.echo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.demoagent.echo.Numbering.Stamp;
import org.junit.jupiter.api.Test;

class NumberingTest {
    private static final long MILLI = 1_000_000;
    private final Numbering numbering = new Numbering(8_000, 160, 65_534, 0xffffff00L);

    private Stamp echoed(int sequence, long timestamp, long atMillis) {
        return numbering.echoed(0xcafe, sequence, timestamp, 8_000, atMillis * MILLI);
    }

    @Test
    void ownPacketsFollowOneAnotherAndWrap() {
        assertThat(numbering.own(0)).isEqualTo(new Stamp(65_534, 0xffffff00L, true));
        assertThat(numbering.own(20 * MILLI)).isEqualTo(new Stamp(65_535, 0xffffffa0L, false));
        assertThat(numbering.own(40 * MILLI)).isEqualTo(new Stamp(0, 0x40, false));
    }

    @Test
    void theEchoFollowsTheGreetingByTheTimeThatWentBy() {
        numbering.own(0);
        assertThat(echoed(100, 5_000, 60)).isEqualTo(new Stamp(65_535, 0xffffff00L + 480 & 0xffffffffL, true));
        assertThat(echoed(101, 5_160, 80)).isEqualTo(new Stamp(0, 0xffffff00L + 640 & 0xffffffffL, false));
    }

    @Test
    void lossOnTheWayInIsLossOnTheWayOut() {
        Stamp first = echoed(100, 5_000, 0);
        Stamp afterLoss = echoed(103, 5_480, 60);
        assertThat(afterLoss.sequence()).isEqualTo(first.sequence() + 3 & 0xffff);
        assertThat(afterLoss.timestamp()).isEqualTo(first.timestamp() + 480 & 0xffffffffL);
        assertThat(afterLoss.marker()).isFalse();
    }

    @Test
    void aLatePacketTakesItsOldPlaceAndTheNextGoesOn() {
        Stamp first = echoed(100, 5_000, 0);
        Stamp third = echoed(102, 5_320, 40);
        Stamp second = echoed(101, 5_160, 41);
        Stamp fourth = echoed(103, 5_480, 60);
        assertThat(second.sequence()).isEqualTo(first.sequence() + 1 & 0xffff);
        assertThat(second.timestamp()).isEqualTo(first.timestamp() + 160 & 0xffffffffL);
        assertThat(third.sequence()).isEqualTo(first.sequence() + 2 & 0xffff);
        assertThat(fourth.sequence()).isEqualTo(first.sequence() + 3 & 0xffff);
        assertThat(fourth.timestamp()).isEqualTo(first.timestamp() + 480 & 0xffffffffL);
    }

    @Test
    void silenceOfTheSourceIsSilenceWithAMarker() {
        Stamp before = echoed(100, 5_000, 0);
        Stamp after = echoed(101, 5_000 + 8_000, 1_000);
        assertThat(after.sequence()).isEqualTo(before.sequence() + 1 & 0xffff);
        assertThat(after.timestamp()).isEqualTo(before.timestamp() + 8_000 & 0xffffffffL);
        assertThat(after.marker()).isTrue();
    }

    @Test
    void anotherSourceFollowsOn() {
        Stamp before = echoed(100, 5_000, 0);
        Stamp other = numbering.echoed(0xbeef, 7, 99, 8_000, 500 * MILLI);
        assertThat(other.sequence()).isEqualTo(before.sequence() + 1 & 0xffff);
        assertThat(other.timestamp()).isEqualTo(before.timestamp() + 4_000 & 0xffffffffL);
        assertThat(other.marker()).isTrue();
    }

    @Test
    void aSourceThatBeginsAnewFollowsOn() {
        Stamp before = echoed(100, 5_000, 0);
        Stamp restarted = echoed(20_000, 77, 20);
        assertThat(restarted.sequence()).isEqualTo(before.sequence() + 1 & 0xffff);
        assertThat(restarted.timestamp()).isEqualTo(before.timestamp() + 160 & 0xffffffffL);
    }

    @Test
    void theSourceMayWrap() {
        Stamp before = echoed(65_535, 0xffffffffL - 79, 0);
        Stamp after = echoed(0, 80, 20);
        assertThat(after.sequence()).isEqualTo(before.sequence() + 1 & 0xffff);
        assertThat(after.timestamp()).isEqualTo(before.timestamp() + 160 & 0xffffffffL);
    }

    @Test
    void clocksOfDifferentCodecsAreScaled() {
        Stamp before = numbering.echoed(1, 10, 0, 48_000, 0);
        Stamp after = numbering.echoed(1, 11, 960, 48_000, 20 * MILLI);
        assertThat(after.timestamp()).isEqualTo(before.timestamp() + 160 & 0xffffffffL);
    }
}
