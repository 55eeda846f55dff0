package dev.trunkline.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.relay.rtp.SequenceMapper.Outcome;
import org.junit.jupiter.api.Test;

class SequenceMapperTest {
    private final SequenceMapper mapper = new SequenceMapper(100, 5_000);

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
        var wrapping = new SequenceMapper(65_535, 0xffffffffL);
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
}
