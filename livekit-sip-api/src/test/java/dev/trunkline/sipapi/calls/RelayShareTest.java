package dev.trunkline.sipapi.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.RelayHeartbeat;
import dev.trunkline.events.RelayState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RelayShareTest {
    private final AtomicLong now = new AtomicLong();
    private final RelayShare share = new RelayShare(now::get);

    private void beat(String relay, RelayState state) {
        share.hears(new RelayHeartbeat(relay, state, 3, Optional.empty(), Optional.empty()));
    }

    @Test
    void whereNoRelayLivesNoneTakesCalls() {
        assertThat(share.taking()).isZero();
    }

    @Test
    void thoseThatAreFullOrDrainCountAgainstIt() {
        beat("a", RelayState.TAKING);
        assertThat(share.taking()).isEqualTo(1f);
        beat("b", RelayState.FULL);
        assertThat(share.taking()).isEqualTo(0.5f);
        beat("a", RelayState.DRAINING);
        assertThat(share.taking()).isZero();
        beat("b", RelayState.TAKING);
        beat("a", RelayState.GONE);
        assertThat(share.taking()).isEqualTo(1f);
    }

    @Test
    void whoIsNotHeardForFiveSecondsIsGone() {
        beat("a", RelayState.TAKING);
        now.addAndGet(Duration.ofSeconds(4).toNanos());
        beat("b", RelayState.FULL);
        assertThat(share.taking()).isEqualTo(0.5f);
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(share.taking()).isZero();
    }
}
