package dev.trunkline.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.dispatcher.RecentCalls.Fate;
import dev.trunkline.events.CallId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentCallsTest {
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final RecentCalls recent = new RecentCalls(new MovedClock(), Duration.ofMinutes(1));

    private final class MovedClock extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static CallId call(int number) {
        return new CallId(new UUID(0, number));
    }

    @Test
    void knowsTheLastThatWasNoted() {
        assertThat(recent.of(call(1))).isEmpty();
        recent.note(call(1), Fate.JOINED);
        assertThat(recent.of(call(1))).contains(Fate.JOINED);
        recent.note(call(1), Fate.OVER);
        assertThat(recent.of(call(1))).contains(Fate.OVER);
        assertThat(recent.size()).isEqualTo(1);
    }

    @Test
    void forgetsInTime() {
        recent.note(call(1), Fate.OVER);
        now = now.plusSeconds(30);
        recent.note(call(2), Fate.OVER);
        now = now.plusSeconds(30);
        assertThat(recent.of(call(1))).isEmpty();
        assertThat(recent.of(call(2))).contains(Fate.OVER);
        recent.note(call(3), Fate.OVER);
        assertThat(recent.size()).isEqualTo(2);
    }

    @Test
    void isBounded() {
        for (int number = 0; number < 200_500; number++) {
            recent.note(call(number), Fate.OVER);
        }
        assertThat(recent.size()).isEqualTo(200_000);
        assertThat(recent.of(call(499))).isEmpty();
        assertThat(recent.of(call(500))).contains(Fate.OVER);
    }

    @Test
    void whoCameIsNotForgottenWhenTheCallerEntersAgain() {
        recent.note(call(1), Fate.ENTERED);
        assertThat(recent.of(call(1))).contains(Fate.ENTERED);
        recent.note(call(1), Fate.JOINED);
        recent.note(call(1), Fate.ENTERED);
        assertThat(recent.of(call(1))).contains(Fate.JOINED);
    }
}
