package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final Instant BEGIN = Instant.parse("2026-11-30T11:00:00Z");
    private Instant machine = BEGIN;
    private long nanos = -7_000_000_000L;
    private final SteadyClock clock = new SteadyClock(() -> machine, () -> nanos);

    /** Advances both clocks. */
    private void pass(Duration time) {
        machine = machine.plus(time);
        nanos += time.toNanos();
    }

    private Duration off() {
        return Duration.between(clock.instant(), machine);
    }

    @Test
    void itIsTheMachinesTimeWhileNobodySetsThat() {
        for (int i = 0; i < 50; i++) {
            pass(Duration.ofMillis(333));
            assertThat(clock.instant()).isEqualTo(machine);
        }
    }

    @Test
    void aMachinesClockThatIsSetAnHourAheadOrBackIsNotFollowed() {
        for (Duration leap : new Duration[] {Duration.ofHours(1), Duration.ofHours(-2)}) {
            Instant before = clock.instant();
            machine = machine.plus(leap);
            assertThat(clock.instant()).isEqualTo(before);
            pass(Duration.ofSeconds(10));
            assertThat(Duration.between(before, clock.instant())).isBetween(Duration.ofMillis(9_990), Duration.ofMillis(10_010));
        }
    }

    @Test
    void whatNtpCorrectsIsMadeGoodByAThousandthOfTheTimeThatPasses() {
        machine = machine.plusMillis(40);
        pass(Duration.ofSeconds(1));
        clock.instant();
        pass(Duration.ofSeconds(10));
        assertThat(off()).isEqualTo(Duration.ofMillis(30));
        pass(Duration.ofSeconds(60));
        assertThat(off()).as("and no further").isZero();
    }

    @Test
    void itNeverGoesBackwards() {
        Instant before = clock.instant();
        machine = machine.minus(Duration.ofHours(1));
        for (int i = 0; i < 10_000; i++) {
            pass(Duration.ofNanos(i * 997L));
            Instant now = clock.instant();
            assertThat(now).isAfterOrEqualTo(before);
            before = now;
        }
    }

    @Test
    void aMachineThatIsCenturiesOffIsNoFault() {
        machine = Instant.MIN;
        nanos += Duration.ofSeconds(2).toNanos();
        assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(2));
        nanos += Duration.ofSeconds(2).toNanos();
        assertThat(clock.instant()).isBetween(BEGIN.plusMillis(3_990), BEGIN.plusSeconds(4));
    }
}
