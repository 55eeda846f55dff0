package dev.trunkline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bench.InviteStream.Answer;
import dev.trunkline.bench.InviteStream.Outcome;
import dev.trunkline.bench.report.Second;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecondBySecondTest {
    private static final long MILLISECOND = 1_000_000;

    @Test
    void eachInviteCountsInTheSecondInWhichItWasSentWhateverBecameOfIt() {
        var outcome = new Outcome(6, 2.5, List.of(
                new Answer(0, 404, 30), new Answer(999 * MILLISECOND, 503, 2_000), new Answer(1_000 * MILLISECOND, 404, 12),
                new Answer(1_500 * MILLISECOND, 486, 40)), List.of(400 * MILLISECOND, 1_999 * MILLISECOND), 3);

        var seconds = SecondBySecond.of(outcome, 2);

        assertThat(seconds.seconds()).containsExactly(new Second(1, 1, 0, 1, 2_000), new Second(1, 0, 1, 1, 40));
        assertThat(seconds.inTime()).isEqualTo(2);
    }

    @Test
    void whatWasSentAMomentAfterTheEndCountsInTheLastSecond() {
        var outcome = new Outcome(1, 2, List.of(new Answer(2_001 * MILLISECOND, 404, 5)), List.of(), 0);
        assertThat(SecondBySecond.of(outcome, 2).seconds()).containsExactly(new Second(0, 0, 0, 0, 0), new Second(1, 0, 0, 0, 5));
    }
}
