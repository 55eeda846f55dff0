package dev.trunkline.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketRateTest {
    private static final long SECOND = 1_000_000_000L;

    /** @return how many of the packets that arrive at this interval are accepted */
    private static int taken(PacketRate rate, long from, int packets, long interval) {
        int taken = 0;
        for (int i = 0; i < packets; i++) {
            taken += rate.takes(from + i * interval) ? 1 : 0;
        }
        return taken;
    }

    @ParameterizedTest
    @ValueSource(longs = {5_000_000, 10_000_000, 20_000_000, 60_000_000})
    void whatAPhoneNeedsIsTakenForHours(long interval) {
        int packets = (int) (3_600 * SECOND / interval);
        assertThat(taken(new PacketRate(PacketRate.AUDIO), -7 * SECOND, packets, interval)).isEqualTo(packets);
    }

    @Test
    void aFloodIsHeldToTheRate() {
        int taken = taken(new PacketRate(PacketRate.AUDIO), 0, 100_000, SECOND / 10_000);
        assertThat(taken).isBetween(10 * PacketRate.AUDIO, 11 * PacketRate.AUDIO + 1);
    }

    @Test
    void whatTheNetworkHeldUpIsTakenAtOnceAndNoMore() {
        var rate = new PacketRate(PacketRate.AUDIO);
        assertThat(taken(rate, 0, 500, 0)).isEqualTo(PacketRate.AUDIO);
        assertThat(taken(rate, SECOND / 10, 500, 0)).isEqualTo(PacketRate.AUDIO / 10);
        assertThat(taken(rate, 60 * SECOND, 500, 0)).isEqualTo(PacketRate.AUDIO);
    }

    @Test
    void theClockMayWrapRound() {
        assertThat(taken(new PacketRate(PacketRate.REPORTS), Long.MAX_VALUE - SECOND, 100, SECOND / 20)).isEqualTo(100);
    }
}
