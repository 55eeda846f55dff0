package dev.trunkline.system.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bench.Usage;
import dev.trunkline.bench.Usage.Taken;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallFiguresTest {
    private static final long SECOND = 1_000_000_000L;

    /** @param node CPU ticks, a hundredth of a second each @param redis the same */
    private static Usage at(long seconds, long node, long redis) {
        return new Usage(seconds * SECOND, Map.of("node", taken(node), "redis", taken(redis)));
    }

    private static Taken taken(long ticks) {
        return new Taken(ticks, 0, 0, 1, 3);
    }

    @Test
    void whatCallsCostIsWhatIsUsedWithThemAboveWhatIsUsedAtRest() {
        // Without calls 1 % and 2 % of a core, with 20 calls 41 % and 6 %.
        CallFigures figures = CallFigures.of("A node, callers", Map.of("INVITE to 200", List.of(30.0, 10.0, 20.0)), 20,
                List.of(at(0, 0, 0), at(10, 10, 20), at(20, 100, 30), at(50, 1_330, 210)));
        assertThat(figures.rest()).containsEntry("node", 1.0).containsEntry("redis", 2.0);
        assertThat(figures.held()).containsEntry("node", 41.0).containsEntry("redis", 6.0);
        assertThat(figures.lines("node"::equals)).containsExactly(
                "",
                "A node, callers",
                "  INVITE to 200                                p50 20.0  p99 30.0  max 30.0 ms of 3",
                "  % of a core             at rest  with them  more a call   with 20 calls",
                "  node                       1.00      41.00        2.000",
                "  redis                      2.00       6.00        0.200   not its own",
                "  its own                    1.00      41.00        2.000");
    }
}
