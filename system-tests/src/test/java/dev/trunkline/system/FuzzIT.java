package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.fuzz.FuzzFigures;
import dev.trunkline.fuzz.FuzzOptions;
import dev.trunkline.fuzz.FuzzRun;
import dev.trunkline.system.support.Attacks;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.HostileTrunks;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A short {@code ./trunkline fuzz}; {@code -Dtrunkline.fuzz.seconds} and {@code -Dtrunkline.fuzz.seed} set duration and seed. */
@ExtendWith(SuiteExtension.class)
@Attacks({"sip-edge", "media-relay"})
class FuzzIT {
    private final SuiteUnderTest suite;

    FuzzIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void damagedSipAndRtpAreNoticedByNoOtherCall() throws Exception {
        HostileTrunks.apply(suite);
        FuzzOptions options = FuzzOptions.of(
                        Duration.ofSeconds(Integer.getInteger("trunkline.fuzz.seconds", 20)), Long.getLong("trunkline.fuzz.seed", 3261))
                .from(HostileTrunks.ADDRESS)
                .calling(HostileTrunks.ECHO);
        FuzzFigures figures = new FuzzRun(options, suite.suite().running()).run();
        System.out.println(figures.text().indent(2));
        assertThat(figures.complaints()).as("what was wrong with the call beside it").isEmpty();
        assertThat(figures.worstOptions()).as("the longest wait of an OPTIONS").isLessThan(Duration.ofSeconds(1));
        assertThat(figures.answers()).as("answers by status").isNotEmpty();
        for (String service : SuiteUnderTest.SERVICES) {
            assertThat(suite.suite().process(service).isAlive()).as(service).isTrue();
            assertThat(suite.isReady(service)).as(service + " is ready").isTrue();
        }
        // A call whose answer could not be acknowledged ends after 64 times T1 (RFC 3261 section 13.3.1.4).
        Await.until("no call is left at the edge", Duration.ofSeconds(45), () -> suite.gauge("sip-edge", "trunkline_edge_calls") == 0);
    }
}
