package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class GivenAwayTest {
    private Instant now = Instant.parse("2026-01-01T10:00:00Z");

    @Test
    void aRelayThatDrainsGivesItsCallsAwaySinceThenWhereThatIsWanted() {
        var away = new GivenAway(true, () -> now);
        assertThat(away.since()).isEmpty();
        away.begin();
        Instant begun = now;
        now = now.plusSeconds(5);
        away.begin();
        assertThat(away.since()).hasValue(begun);
    }

    @Test
    void elseItKeepsThem() {
        var kept = new GivenAway(false, () -> now);
        kept.begin();
        assertThat(kept.since()).isEmpty();
    }
}
