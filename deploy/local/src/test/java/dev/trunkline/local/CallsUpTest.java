package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CallsUpTest {
    @Test
    void theEdgesMetricIsRead() {
        assertThat(CallsUp.in("""
                # HELP trunkline_edge_calls calls that are not over
                # TYPE trunkline_edge_calls gauge
                trunkline_edge_calls_seen 9.0
                trunkline_edge_calls 3.0
                """)).isEqualTo(OptionalInt.of(3));
        assertThat(CallsUp.in("trunkline_edge_calls{instance=\"x\"} 1.0\n")).isEqualTo(OptionalInt.of(1));
    }

    @Test
    void aPageWithoutItSaysNothing() {
        assertThat(CallsUp.in("<html>trunkline_edge_calls</html>")).isEmpty();
        assertThat(CallsUp.in("trunkline_edge_calls NaN")).isEmpty();
    }
}
