package dev.trunkline.dispatcher.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.RoomGiven;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final CallId call = new CallId(UUID.randomUUID());
    private final Places places = new Places(Clock.systemUTC(), Duration.ofMinutes(1));

    private RoomGiven given(String room) {
        return new RoomGiven(call, Optional.of(room), List.of());
    }

    @Test
    void ofSeveralRoomsThatAreGivenTheFirstCounts() {
        places.given(RoomGiven.none(call));
        places.given(given("a"));
        assertThat(places.of(call).given()).contains(RoomGiven.none(call));
    }

    @Test
    void ofSeveralRoomsThatAreEnteredTheFirstCounts() {
        assertThat(places.entered(call, "a")).isTrue();
        assertThat(places.entered(call, "b")).isFalse();
        assertThat(places.of(call).entered()).contains("a");
    }

    @Test
    void aRoomIsTakenFromWhenItIsGivenUntilTheCallIsOver() {
        assertThat(places.taken("a")).isFalse();
        places.given(given("a"));
        assertThat(places.taken("a")).isTrue();
        places.over(call);
        assertThat(places.taken("a")).isFalse();
        assertThat(places.of(call)).isEqualTo(Places.Place.UNKNOWN);
    }

    @Test
    void whatIsOldIsForgotten() {
        var brief = new Places(Clock.systemUTC(), Duration.ZERO);
        brief.given(given("a"));
        assertThat(brief.of(call).given()).isEmpty();
    }
}
