package dev.trunkline.dispatcher.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.dispatcher.calls.RecentCalls.Fate;
import dev.trunkline.dispatcher.calls.RecentCalls.Known;
import dev.trunkline.events.CallId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentCallsTest {
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final RecentCalls recent = new RecentCalls(new MovedClock(), Duration.ofMinutes(1));

    private long offset;

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

    private boolean note(CallId call, Fate fate) {
        return recent.note(call, Known.of(fate, offset++));
    }

    private UUID alone(CallId call) {
        UUID departure = UUID.randomUUID();
        recent.note(call, new Known(Fate.WANTED, offset++, Optional.of(departure)));
        return departure;
    }

    @Test
    void knowsTheLastThatWasNoted() {
        assertThat(recent.of(call(1))).isEmpty();
        note(call(1), Fate.JOINED);
        assertThat(recent.of(call(1)).map(Known::fate)).contains(Fate.JOINED);
        note(call(1), Fate.OVER);
        assertThat(recent.of(call(1)).map(Known::fate)).contains(Fate.OVER);
        assertThat(recent.size()).isEqualTo(1);
    }

    @Test
    void forgetsInTime() {
        note(call(1), Fate.OVER);
        now = now.plusSeconds(30);
        note(call(2), Fate.OVER);
        now = now.plusSeconds(30);
        assertThat(recent.of(call(1))).isEmpty();
        assertThat(recent.of(call(2)).map(Known::fate)).contains(Fate.OVER);
        note(call(3), Fate.OVER);
        assertThat(recent.size()).isEqualTo(2);
    }

    @Test
    void isBounded() {
        for (int number = 0; number < 200_500; number++) {
            note(call(number), Fate.OVER);
        }
        assertThat(recent.size()).isEqualTo(200_000);
        assertThat(recent.of(call(499))).isEmpty();
        assertThat(recent.of(call(500)).map(Known::fate)).contains(Fate.OVER);
    }

    @Test
    void whoCameIsNotForgottenWhenTheCallerEntersAgain() {
        note(call(1), Fate.ENTERED);
        assertThat(recent.of(call(1)).map(Known::fate)).contains(Fate.ENTERED);
        note(call(1), Fate.JOINED);
        note(call(1), Fate.ENTERED);
        assertThat(recent.of(call(1)).map(Known::fate)).contains(Fate.JOINED);
    }

    @Test
    void aCallThatEverybodyLeftIsAloneUntilSomebodyComes() {
        note(call(1), Fate.JOINED);
        UUID departure = alone(call(1));
        assertThat(recent.of(call(1))).hasValueSatisfying(known -> {
            assertThat(known.wantedSince(departure)).isTrue();
            assertThat(known.wantedSince(UUID.randomUUID())).isFalse();
        });
        note(call(1), Fate.ENTERED);
        assertThat(recent.of(call(1))).hasValueSatisfying(known -> assertThat(known.wantedSince(departure)).isTrue());
        note(call(1), Fate.JOINED);
        assertThat(recent.of(call(1)).map(Known::fate)).contains(Fate.JOINED);
    }

    @Test
    void ofTwoDeparturesTheLastCounts() {
        UUID first = alone(call(1));
        note(call(1), Fate.JOINED);
        UUID second = alone(call(1));
        assertThat(recent.of(call(1))).hasValueSatisfying(known -> {
            assertThat(known.wantedSince(first)).isFalse();
            assertThat(known.wantedSince(second)).isTrue();
        });
    }

    @Test
    void whatIsReadOnceMoreChangesNothing() {
        var departure = new Known(Fate.WANTED, 7, Optional.of(UUID.randomUUID()));
        var arrival = Known.of(Fate.JOINED, 9);
        assertThat(recent.note(call(1), Known.of(Fate.JOINED, 5))).isTrue();
        assertThat(recent.note(call(1), departure)).isTrue();
        assertThat(recent.note(call(1), arrival)).isTrue();
        assertThat(recent.note(call(1), Known.of(Fate.JOINED, 5))).isFalse();
        assertThat(recent.note(call(1), departure)).isFalse();
        assertThat(recent.note(call(1), arrival)).isFalse();
        assertThat(recent.of(call(1)).map(Known::offset)).contains(arrival.offset());
        assertThat(recent.of(call(1)).map(Known::fate)).contains(Fate.JOINED);
    }

    @Test
    void afterTheEndNothingIsNoted() {
        note(call(1), Fate.OVER);
        assertThat(note(call(1), Fate.JOINED)).isFalse();
        alone(call(1));
        assertThat(recent.of(call(1)).map(Known::fate)).contains(Fate.OVER);
    }

    @Test
    void aDepartureThatIsSaidTwiceLeavesWhoeverCameInBetween() {
        UUID departure = alone(call(1));
        note(call(1), Fate.JOINED);
        assertThat(recent.note(call(1), new Known(Fate.WANTED, offset++, Optional.of(departure)))).isFalse();
        assertThat(recent.of(call(1)).map(Known::fate)).contains(Fate.JOINED);
    }
}
