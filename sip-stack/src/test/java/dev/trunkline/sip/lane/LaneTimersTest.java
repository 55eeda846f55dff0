package dev.trunkline.sip.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LaneTimersTest {
    private final LaneTimers timers = new LaneTimers();

    private LaneTimer add(long due) {
        var timer = new LaneTimer(timers, () -> { }, due);
        timers.add(timer);
        return timer;
    }

    @Test
    void runOutInTheirOrderWhateverIsAddedAndStopped() {
        var random = new Random(5);
        for (int round = 0; round < 50; round++) {
            List<LaneTimer> left = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                left.add(add(random.nextInt(1_000)));
                if (random.nextInt(3) == 0) {
                    left.remove(random.nextInt(left.size())).stop();
                }
            }
            left.sort(Comparator.comparingLong(LaneTimer::due));
            for (LaneTimer expected : left) {
                assertThat(timers.due(1_000)).hasValueSatisfying(timer -> assertThat(timer.due()).isEqualTo(expected.due()));
            }
            assertThat(timers.size()).isZero();
        }
    }

    @Test
    void oneThatIsStoppedIsHeldNoMore() {
        LaneTimer timer = add(5);
        add(9);
        timer.stop();
        timer.stop();
        assertThat(timers.size()).isEqualTo(1);
        assertThat(timers.due(8)).isEmpty();
        assertThat(timers.untilFirst(8, 100)).isEqualTo(1);
        assertThat(timers.due(9)).isPresent();
        assertThat(timers.untilFirst(9, 100)).isEqualTo(100);
    }

    @Test
    void aClockThatOverflowsMakesNoDifference() {
        add(Long.MAX_VALUE - 1);
        add(Long.MIN_VALUE + 5);
        assertThat(timers.due(Long.MAX_VALUE)).map(LaneTimer::due).isEqualTo(Optional.of(Long.MAX_VALUE - 1));
        assertThat(timers.due(Long.MAX_VALUE)).isEmpty();
        assertThat(timers.due(Long.MIN_VALUE + 5)).isPresent();
    }
}
