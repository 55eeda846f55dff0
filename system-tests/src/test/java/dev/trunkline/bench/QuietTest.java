package dev.trunkline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class QuietTest {
    @Test
    void theSuiteIsQuietWhileEachOfItsProcessesUsesAFewPercentOfACore() {
        assertThat(Quiet.busiest(Map.of("kafka", 5.9, "sip-edge", 0.4))).isEmpty();
    }

    @Test
    void theBusiestProcessIsNamed() {
        assertThat(Quiet.busiest(Map.of("postgres", 29.0, "console", 33.0, "kafka", 2.0))).contains("console");
    }

    @Test
    void agentsPhonesAndLiveKitAreNoPartOfIt() {
        assertThat(Quiet.busiest(Map.of("livekit", 90.0, PythonWorker.NAME, 60.0, HeldCalls.OWN, 40.0, "demo-agent", 30.0))).isEmpty();
    }
}
