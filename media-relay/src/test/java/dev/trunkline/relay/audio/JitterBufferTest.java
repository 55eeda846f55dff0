package dev.trunkline.relay.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.relay.audio.JitterBuffer.Next;
import dev.trunkline.relay.audio.JitterBuffer.Put;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The test sets the time: packets of 20 ms are put and drawn at chosen moments. */
class JitterBufferTest {
    private static final long MILLI = 1_000_000;
    private final JitterBuffer buffer = new JitterBuffer(8_000);

    private Put put(int sequence, double atMillis) {
        return put(sequence, sequence * 160L, atMillis);
    }

    private Put put(int sequence, long timestamp, double atMillis) {
        return buffer.put(sequence & 0xffff, timestamp & 0xffffffffL, new byte[] {(byte) sequence}, 0, 1,
                (long) (atMillis * MILLI));
    }

    /** @return the drawn packet's number, "lost" or "nothing" */
    private String draw(double atMillis) {
        return switch (buffer.next((long) (atMillis * MILLI))) {
            case PACKET -> {
                buffer.played(20);
                yield Integer.toString(buffer.payload()[0] & 0xff);
            }
            case LOST -> "lost";
            case NOTHING -> "nothing";
        };
    }

    @Test
    void holdsAPacketForTheLeastDelay() {
        put(1, 0);
        assertThat(draw(10)).isEqualTo("nothing");
        assertThat(draw(20)).isEqualTo("1");
    }

    @Test
    void putsPacketsInOrder() {
        put(1, 0);
        put(3, 20);
        put(2, 21);
        assertThat(List.of(draw(30), draw(50), draw(70))).containsExactly("1", "2", "3");
    }

    @Test
    void aFirstPacketThatIsOvertakenStillPlaysFirst() {
        put(2, 0);
        put(1, 1);
        assertThat(List.of(draw(25), draw(45))).containsExactly("1", "2");
    }

    @Test
    void sequenceNumbersWrap() {
        for (int i = 65_534; i <= 65_537; i++) {
            put(i, (i - 65_534) * 20);
        }
        assertThat(List.of(draw(20), draw(40), draw(60), draw(80))).containsExactly("254", "255", "0", "1");
    }

    @Test
    void aLostPacketIsMissedOnceAndTheNextIsThereToRecoverItFrom() {
        put(1, 0);
        put(3, 40);
        assertThat(draw(40)).isEqualTo("1");
        assertThat(draw(60)).isEqualTo("lost");
        assertThat(buffer.nextIsThere()).isTrue();
        assertThat(buffer.payload()[0]).isEqualTo((byte) 3);
        assertThat(draw(80)).isEqualTo("3");
    }

    @Test
    void latePacketsAndRepetitionsAreSaid() {
        put(1, 0);
        assertThat(put(1, 1)).isEqualTo(Put.DUPLICATE);
        assertThat(draw(20)).isEqualTo("1");
        assertThat(put(1, 30)).isEqualTo(Put.LATE);
        put(3, 40);
        assertThat(draw(40)).isEqualTo("lost");
        assertThat(put(2, 50)).isEqualTo(Put.LATE);
    }

    @Test
    void aSenderThatStopsIsConcealedForAWhileAndThenQuiet() {
        put(1, 0);
        assertThat(List.of(draw(20), draw(40), draw(60), draw(80), draw(100), draw(120)))
                .containsExactly("1", "lost", "lost", "lost", "nothing", "nothing");
        put(2, 500);
        assertThat(draw(505)).isEqualTo("nothing");
        assertThat(draw(600)).isEqualTo("2");
    }

    @Test
    void packetsThatCameLateAreStillPlayedAndTheDelayGrows() {
        put(1, 0);
        assertThat(draw(20)).isEqualTo("1");
        assertThat(draw(40)).isEqualTo("lost");
        assertThat(put(2, 55)).isEqualTo(Put.STORED);
        assertThat(put(3, 56)).isEqualTo(Put.STORED);
        assertThat(List.of(draw(60), draw(80))).containsExactly("2", "3");
        assertThat(buffer.targetDelayMillis()).isGreaterThan(JitterBuffer.LEAST_DELAY_MILLIS);
    }

    @Test
    void aPauseOfTheSenderIsNoLoss() {
        put(1, 160, 0);
        assertThat(draw(20)).isEqualTo("1");
        // Silence was not sent: the sequence number continues, and the timestamp jumps by a second.
        put(2, 160 + 8_000, 30);
        assertThat(draw(40)).isEqualTo("nothing");
        assertThat(draw(60)).isEqualTo("2");
    }

    @Test
    void aSenderThatStartsAnewIsFollowed() {
        put(1, 0);
        assertThat(draw(20)).isEqualTo("1");
        put(30_000, 40);
        assertThat(draw(60)).isEqualTo(Integer.toString(30_000 & 0xff));
    }

    @Test
    void theDelayFollowsTheJitterWithinItsBounds() {
        assertThat(buffer.targetDelayMillis()).isEqualTo(20);
        var random = new Random(1);
        for (int i = 0; i < 200; i++) {
            put(i, i * 20 + random.nextInt(40));
            draw(i * 20 + 19);
        }
        assertThat(buffer.targetDelayMillis()).isBetween(35, 60);
        for (int i = 200; i < 400; i++) {
            put(i, i * 20 + random.nextInt(300));
            draw(i * 20 + 19);
        }
        assertThat(buffer.targetDelayMillis()).isEqualTo(60);
    }

    @Test
    void whatItHoldsTooMuchOfIsLeftOutPieceByPiece() {
        // A burst leaves eight packets in the buffer, although packets arrive steadily afterwards.
        for (int i = 0; i < 8; i++) {
            put(i, 0);
        }
        List<String> played = new ArrayList<>();
        for (int i = 8; i < 500; i++) {
            put(i, (i - 7) * 20);
            played.add(draw((i - 7) * 20 + 20));
        }
        assertThat(played).doesNotContain("nothing", "lost");
        assertThat(buffer.size()).isLessThanOrEqualTo(3);
    }

    @Test
    void randomTrafficNeitherThrowsNorPlaysTwice() {
        var random = new Random(9);
        int played = 0;
        int stored = 0;
        for (int i = 0; i < 20_000; i++) {
            int sequence = i + random.nextInt(-40, 40);
            stored += put(sequence, random.nextInt(20) == 0 ? random.nextLong() : sequence * 160L, i * 20)
                    == Put.STORED ? 1 : 0;
            played += buffer.next(i * 20 * MILLI) == Next.PACKET ? 1 : 0;
        }
        assertThat(played).isPositive().isLessThanOrEqualTo(stored);
    }
}
