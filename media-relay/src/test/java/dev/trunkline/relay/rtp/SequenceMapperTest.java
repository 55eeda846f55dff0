package dev.trunkline.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.relay.rtp.SequenceMapper.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceMapperTest {
    private final SequenceMapper mapper = new SequenceMapper(100, 5_000, 8_000);

    private Outcome map(long ssrc, int sequence) {
        return mapper.map(ssrc, sequence, sequence * 160L & 0xffffffffL, sequence * 160L);
    }

    @Test
    void keepsDistances() {
        assertThat(map(1, 7)).isEqualTo(Outcome.RESTARTED);
        assertThat(mapper.sequence()).isEqualTo(100);
        assertThat(mapper.timestamp()).isEqualTo(5_000);
        assertThat(map(1, 8)).isEqualTo(Outcome.FORWARD);
        assertThat(mapper.sequence()).isEqualTo(101);
        assertThat(mapper.timestamp()).isEqualTo(5_160);
        assertThat(map(1, 12)).isEqualTo(Outcome.FORWARD);
        assertThat(mapper.sequence()).isEqualTo(105);
        assertThat(mapper.timestamp()).isEqualTo(5_800);
    }

    @Test
    void aLatePacketKeepsItsPlace() {
        map(1, 7);
        map(1, 9);
        assertThat(map(1, 8)).isEqualTo(Outcome.LATE);
        assertThat(mapper.sequence()).isEqualTo(101);
        assertThat(mapper.timestamp()).isEqualTo(5_160);
        map(1, 10);
        assertThat(mapper.sequence()).isEqualTo(103);
    }

    @Test
    void aRepetitionIsDropped() {
        map(1, 7);
        assertThat(map(1, 7)).isEqualTo(Outcome.DROP);
    }

    @Test
    void countersWrap() {
        var wrapping = new SequenceMapper(65_535, 0xffffffffL, 8_000);
        wrapping.map(1, 65_535, 0xfffffff0L, 0);
        assertThat(wrapping.sequence()).isEqualTo(65_535);
        wrapping.map(1, 0, 0xfffffff0L + 160 & 0xffffffffL, 160);
        assertThat(wrapping.sequence()).isZero();
        assertThat(wrapping.timestamp()).isEqualTo(159);
    }

    @Test
    void removedPacketsLeaveNoGap() {
        map(1, 7);
        mapper.remove(1, 8);
        mapper.remove(1, 9);
        map(1, 10);
        assertThat(mapper.sequence()).isEqualTo(101);
        assertThat(mapper.timestamp()).isEqualTo(5_480);
    }

    @Test
    void aPacketFromBeforeARunOfRemovedOnesKeepsItsPlace() {
        map(1, 7);
        mapper.remove(1, 9);
        mapper.remove(1, 10);
        map(1, 11);
        assertThat(mapper.sequence()).isEqualTo(102);
        assertThat(map(1, 8)).isEqualTo(Outcome.LATE);
        assertThat(mapper.sequence()).isEqualTo(101);
    }

    @Test
    void removingBeforeAnythingCameDoesNothing() {
        mapper.remove(1, 3);
        map(1, 4);
        assertThat(mapper.sequence()).isEqualTo(100);
    }

    @Test
    void anotherSenderGoesOnWhereTheLastStopped() {
        map(1, 7);
        mapper.map(2, 40_000, 123, 7 * 160 + 800);
        assertThat(mapper.sequence()).isEqualTo(101);
        assertThat(mapper.timestamp()).isEqualTo(5_800);
    }

    @Test
    void twoSendersNeverShareATimestamp() {
        map(1, 7);
        assertThat(mapper.map(2, 40_000, 123, 7 * 160)).isEqualTo(Outcome.RESTARTED);
        assertThat(mapper.timestamp()).isEqualTo(5_160);
    }

    @Test
    void aJumpIsBelievedTheSecondTime() {
        map(1, 7);
        assertThat(map(1, 20_000)).isEqualTo(Outcome.DROP);
        assertThat(map(1, 8)).isEqualTo(Outcome.FORWARD);
        assertThat(map(1, 20_000)).isEqualTo(Outcome.DROP);
        assertThat(map(1, 20_001)).isEqualTo(Outcome.RESTARTED);
        assertThat(mapper.sequence()).isEqualTo(102);
    }

    /**
     * Maps 50 packets of 20 ms, with an amount added to each timestamp.
     *
     * @return differences between consecutive outgoing timestamps
     */
    private List<Long> steps(IntToLongFunction added) {
        List<Long> steps = new ArrayList<>();
        long last = -1;
        for (int i = 0; i < 50; i++) {
            Outcome outcome = mapper.map(1, i, i * 160L + added.applyAsLong(i) & 0xffffffffL, i * 160L);
            assertThat(outcome).isNotEqualTo(Outcome.DROP);
            assertThat(mapper.sequence()).isEqualTo(100 + i);
            if (last >= 0) {
                steps.add((mapper.timestamp() - last) << 32 >> 32);
            }
            last = mapper.timestamp();
        }
        return steps;
    }

    @Test
    void oneTimestampFarAheadSilencesNobody() {
        assertThat(steps(i -> i == 20 ? 80_000 : 0)).containsOnly(160L);
    }

    @Test
    void oneTimestampFarBackSilencesNobody() {
        assertThat(steps(i -> i == 20 ? -80_000 : 0)).containsOnly(160L);
    }

    @ParameterizedTest
    @ValueSource(longs = {80_000, -80_000, 1_000_000_000, -2_000_000_000, 1_700, -161, -160})
    void aJumpThatStaysIsFollowedWithoutAStep(long jump) {
        assertThat(steps(i -> i >= 20 ? jump : 0)).containsOnly(160L);
    }

    @Test
    void aFirstTimestampThatIsDamagedIsForgotten() {
        assertThat(steps(i -> i == 0 ? 80_000 : 0)).containsOnly(160L);
    }

    @Test
    void jumpsToAndFroAreFollowed() {
        assertThat(steps(i -> i / 7 % 2 == 0 ? 0 : 80_000)).containsOnly(160L);
    }

    @Test
    void aSenderWhoseTimestampsMeanNothingIsHeardAllTheSame() {
        assertThat(steps(i -> -160L * i)).containsOnly(160L);
        var random = new Random(5);
        List<Long> steps = new ArrayList<>();
        var other = new SequenceMapper(0, 0, 8_000);
        long last = 0;
        for (int i = 0; i < 500; i++) {
            assertThat(other.map(1, i, random.nextLong() & 0xffffffffL, i * 160L)).isNotEqualTo(Outcome.DROP);
            steps.add(other.timestamp() - last);
            last = other.timestamp();
        }
        assertThat(steps.subList(1, 500)).allMatch(step -> step > 0 && step <= 1_760);
    }

    @Test
    void aPauseThatTheClockSawIsNoJump() {
        map(1, 7);
        mapper.map(1, 8, 8 * 160 + 80_000, 8 * 160 + 80_000 - 900);
        assertThat(mapper.timestamp()).isEqualTo(85_160);
    }

    @Test
    void aLossThatTheClockSawIsNoJump() {
        map(1, 7);
        mapper.map(1, 207, 207 * 160, 207 * 160);
        assertThat(mapper.timestamp()).isEqualTo(5_000 + 200 * 160);
    }

    @Test
    void whatWasHeldUpComesAllAtOnceAndKeepsItsTimes() {
        map(1, 7);
        for (int i = 8; i < 200; i++) {
            mapper.map(1, i, i * 160L, 200 * 160);
            assertThat(mapper.timestamp()).isEqualTo(5_000 + (i - 7) * 160);
        }
    }

    @Test
    void theTimeOfPacketsThatWereTakenOutIsCounted() {
        map(1, 7);
        for (int i = 8; i < 30; i++) {
            mapper.remove(1, i);
        }
        mapper.map(1, 30, 30 * 160 + 80_000, 30 * 160);
        assertThat(mapper.timestamp()).isEqualTo(5_000 + 23 * 160);
    }

    @Test
    void thePacketsOfAnEventHaveOneTimestamp() {
        map(1, 7);
        for (int i = 8; i < 16; i++) {
            mapper.mapEvent(1, i, 8 * 160, i * 160);
            assertThat(mapper.timestamp()).isEqualTo(5_160);
        }
        map(1, 16);
        assertThat(mapper.timestamp()).isEqualTo(5_000 + 9 * 160);
    }

    @Test
    void packetsMayGetLongerAndShorter() {
        long timestamp = 0;
        long out = 5_000;
        int[] lengths = {320, 160, 480, 80, 1_600, 160, 800, 80};
        for (int i = 0; i < 400; i++) {
            int length = lengths[i / 50];
            mapper.map(1, i, timestamp, timestamp);
            assertThat(mapper.timestamp()).isEqualTo(out);
            timestamp += length;
            out += length;
        }
    }

    @Test
    void aLatePacketWhoseTimestampHasNoPlaceThereIsDropped() {
        map(1, 7);
        map(1, 9);
        assertThat(mapper.map(1, 8, 8 * 160 + 80_000, 9 * 160)).isEqualTo(Outcome.DROP);
        assertThat(mapper.map(1, 8, 8 * 160 - 80_000, 9 * 160)).isEqualTo(Outcome.DROP);
    }

    @Test
    void anotherClockBeginsAnew() {
        map(1, 7);
        mapper.anew(48_000);
        assertThat(mapper.map(1, 8, 123, 9_000_000)).isEqualTo(Outcome.RESTARTED);
        mapper.map(1, 9, 123 + 960, 9_000_960);
        assertThat(mapper.timestamp()).isEqualTo(5_000 + 960 + 960);
    }
}
