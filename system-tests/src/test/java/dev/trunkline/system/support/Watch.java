package dev.trunkline.system.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.EndReason;
import dev.trunkline.hostile.Neighbour;
import dev.trunkline.hostile.Pulse;
import java.io.IOException;
import java.time.Duration;

/**
 * A call that is kept up beside an attack, and OPTIONS beside the call, both from the demo's trunk: after each attack, it
 * checks whether they were affected.
 */
public final class Watch implements AutoCloseable {
    private static final String TRUNK = "127.0.0.1";
    private static final String NUMBER = "+3225550101";
    /** The promised answer time of OPTIONS, whatever anybody sends. */
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final SuiteUnderTest suite;
    private final Neighbour neighbour;
    private final Pulse pulse;

    private Watch(SuiteUnderTest suite, Neighbour neighbour, Pulse pulse) {
        this.suite = suite;
        this.neighbour = neighbour;
        this.pulse = pulse;
    }

    public static Watch over(SuiteUnderTest suite, String caller) throws IOException {
        Neighbour neighbour = Neighbour.call(TRUNK, suite.edge(), NUMBER, caller);
        return new Watch(suite, neighbour, Pulse.of(TRUNK, suite.edge()));
    }

    /** Asserts that the call hears itself and its key, and that its OPTIONS and those outside any call were answered in time. */
    public void assertUnharmed(String after) {
        assertThat(neighbour.complaint()).as("what is wrong with the call that was up, after " + after).isEmpty();
        assertAnswering(after);
    }

    /** Asserts that each OPTIONS since the last check was answered within a second. */
    public void assertAnswering(String after) {
        assertThat(pulse.worst()).as("the longest that an OPTIONS waited, after " + after).isLessThan(A_SECOND);
    }

    /** Asserts that the call can be ended like any other. */
    public void assertHangsUp() {
        assertThat(neighbour.call().hangUp().toCompletableFuture().join().status()).isEqualTo(200);
        suite.events().of(neighbour.call()).assertEnded(EndReason.CALLER_HUNG_UP);
    }

    public Neighbour neighbour() {
        return neighbour;
    }

    @Override
    public void close() {
        pulse.close();
        neighbour.close();
    }
}
