package dev.trunkline.relay.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An hour of a call whose two sides have different clocks: what that costs, and that the delay does not grow. The test sets the time. */
class ClockDriftTest {
    private static final long MILLI = 1_000_000;
    private static final int FRAME_MILLIS = 20;
    private static final int FRAMES = 3_600_000 / FRAME_MILLIS;
    /** Frames by which clocks that differ by 100 millionths drift apart in an hour. */
    private static final int APART = 18;

    private final JitterBuffer buffer = new JitterBuffer(8_000);
    private final Random random = new Random(7);
    private final long[] arrived = new long[1 << 16];
    private int sent;
    /** Extra delay of the next packet, in ms. */
    private double late;
    private int played;
    private int filledIn;
    private int empty;
    private double longest;

    /** Puts every packet that has arrived by this time. @param millionths how much slower the sender's clock is */
    private void arrive(double nowMillis, int millionths) {
        while (due(millionths) <= nowMillis) {
            int sequence = sent & 0xffff;
            arrived[sequence] = (long) (due(millionths) * MILLI);
            // The payload contains the packet's number.
            byte[] payload = {(byte) (sequence >> 8), (byte) sequence};
            buffer.put(sequence, sent * 160L, payload, 0, payload.length, arrived[sequence]);
            sent++;
            late = random.nextDouble() * 3;
        }
    }

    private double due(int millionths) {
        return 50 + sent * FRAME_MILLIS * (1 + millionths / 1e6) + late;
    }

    @ParameterizedTest
    @ValueSource(ints = {100, -100, 0})
    void anHourOfDriftCostsAFrameNowAndThenAndTheDelayDoesNotGrow(int millionths) {
        double delayOfTheFirstMinutes = 0;
        for (int beat = 0; beat < FRAMES; beat++) {
            double now = (double) beat * FRAME_MILLIS;
            arrive(now, millionths);
            switch (buffer.next((long) (now * MILLI))) {
                case PACKET -> {
                    played++;
                    int sequence = (buffer.payload()[0] & 0xff) << 8 | buffer.payload()[1] & 0xff;
                    longest = Math.max(longest, now - arrived[sequence] / (double) MILLI);
                    buffer.played(FRAME_MILLIS);
                }
                case LOST -> filledIn++;
                case NOTHING -> empty++;
            }
            if (beat == FRAMES / 12) {
                delayOfTheFirstMinutes = longest;
                longest = 0;
            }
        }
        int leftOut = sent - played - buffer.size();
        assertThat(filledIn + leftOut).as("frames filled in or left out").isLessThanOrEqualTo(2 * APART);
        assertThat(empty).as("frames in which there was nothing: the beginning").isLessThanOrEqualTo(2 * APART);
        assertThat(longest).as("ms that a packet waited, behind the first five minutes")
                .isLessThanOrEqualTo(Math.max(delayOfTheFirstMinutes, JitterBuffer.MOST_DELAY_MILLIS) + FRAME_MILLIS);
    }
}
