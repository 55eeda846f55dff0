package dev.trunkline.relay.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of 20 ms go in, packets come out: paced by the frames themselves and by a timer, as in the stream to a phone. */
class PacketPaceTest {
    private static final long MILLI = 1_000_000;

    /** @param late maximum delay of each frame, in ms */
    private static List<Long> sent(int packetMillis, int frames, int late) {
        var random = new Random(packetMillis);
        var cutter = new PacketCutter(8_000, packetMillis);
        var pace = new PacketPace(packetMillis);
        short[] frame = new short[160];
        List<Long> sent = new ArrayList<>();
        long timer = Long.MAX_VALUE;
        for (int i = 0; i < frames; i++) {
            long now = 20 * MILLI * i + (late == 0 ? 0 : random.nextLong(late * MILLI));
            while (timer <= now) {
                timer = sendDue(cutter, pace, timer, sent);
            }
            if (cutter.held() == 0) {
                pace.begin(now);
            }
            cutter.add(frame);
            long next = sendDue(cutter, pace, now, sent);
            timer = timer == Long.MAX_VALUE ? next : timer;
        }
        return sent;
    }

    /** @return the time at which a timer is to fire */
    private static long sendDue(PacketCutter cutter, PacketPace pace, long now, List<Long> sent) {
        while (cutter.full()) {
            long early = pace.early(now);
            if (early > 0) {
                return now + early;
            }
            cutter.cut();
            sent.add(now);
            pace.sent(now);
        }
        return Long.MAX_VALUE;
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 40, 60})
    void packetsLeaveAtTheirOwnInterval(int millis) {
        List<Long> sent = sent(millis, 600, 0);
        assertThat(sent).hasSizeBetween(12_000 / millis - 2, 12_000 / millis);
        for (int i = 1; i < sent.size(); i++) {
            assertThat(sent.get(i) - sent.get(i - 1)).isEqualTo(millis * MILLI);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 30})
    void framesThatComeABitLateLeaveNoMoreUnevennessThanTheirOwn(int millis) {
        List<Long> sent = sent(millis, 600, 4);
        assertThat(sent).hasSizeBetween(12_000 / millis - 2, 12_000 / millis);
        for (int i = 1; i < sent.size(); i++) {
            assertThat(sent.get(i) - sent.get(i - 1)).isBetween((millis - 7) * MILLI, (millis + 7) * MILLI);
        }
    }

    @Test
    void afterAPauseTheFirstPacketIsNotHeldBack() {
        var pace = new PacketPace(30);
        pace.sent(0);
        assertThat(pace.early(20 * MILLI)).isEqualTo(10 * MILLI);
        assertThat(pace.early(29 * MILLI)).isZero();
        pace.begin(500 * MILLI);
        assertThat(pace.early(500 * MILLI)).isZero();
    }

    @Test
    void aStallIsNotMadeUpForByHaste() {
        var pace = new PacketPace(30);
        pace.sent(0);
        pace.sent(200 * MILLI);
        assertThat(pace.early(210 * MILLI)).isEqualTo(20 * MILLI);
    }
}
