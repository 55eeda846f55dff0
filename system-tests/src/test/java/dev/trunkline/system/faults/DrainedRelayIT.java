package dev.trunkline.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.MediaReady;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Attacks;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two relays: calls are spread over them, and those of a drained relay continue at the other. */
@ExtendWith(SuiteExtension.class)
@Attacks({"sip-edge", "media-relay"})
class DrainedRelayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A few seconds per call, and what a busy machine adds. */
    private static final Duration DRAINED = Duration.ofSeconds(75);
    private static final String RELAY = "media-relay";
    private static final int MOST_CALLS = 40;
    private static final int TO_BE_MOVED = 3;

    private final SuiteUnderTest suite;

    DrainedRelayIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeEach
    void directory() throws Exception {
        Load.prepare(suite);
    }

    @Test
    void theCallsOfARelayThatIsDrainedGoOnAtTheOther() throws Exception {
        String second = suite.suite().addReplica(RELAY);
        try (Phone phone = suite.phone()) {
            List<HeldCall> there = new ArrayList<>();
            List<HeldCall> here = new ArrayList<>();
            while (there.size() < TO_BE_MOVED || here.isEmpty()) {
                assertThat(there.size() + here.size()).as("calls, of which %d are at %s", there.size(), second).isLessThan(MOST_CALLS);
                HeldCall call = Load.hold(phone);
                (relayOf(call).equals(instanceOf(second)) ? there : here).add(call);
            }
            List<HeldCall> all = new ArrayList<>(there);
            all.addAll(here);

            suite.suite().process(second).askToStop();
            Await.until(() -> second + " ends; calls that are at it: " + there.stream().filter(call -> !isMoved(call)).count(), DRAINED, () -> {
                all.forEach(HeldCall::listen);
                return !suite.suite().process(second).isAlive();
            });
            for (HeldCall call : all) {
                assertThat(call.lostBy()).as("why it was hung up").isEmpty();
                long heard = call.heardMillis();
                Await.until("more of the tone", PATIENCE, () -> {
                    call.listen();
                    return call.heardMillis() >= heard + 500;
                });
            }
            assertThat(there).allMatch(this::isMoved).allMatch(call -> relayOf(call).equals(instanceOf(RELAY)));
            assertThat(here).noneMatch(this::isMoved);
            System.out.printf("drained relay: %d calls went over, the longest silence %d ms; of the %d that stayed %d ms%n", there.size(),
                    longestSilence(there), here.size(), longestSilence(here));
            for (HeldCall call : all) {
                assertThat(call.call().hangUp().toCompletableFuture().join().status()).isEqualTo(200);
                suite.events().of(call.call()).assertEnded(EndReason.CALLER_HUNG_UP);
            }
        } finally {
            suite.suite().removeReplica(second);
        }
    }

    private static String instanceOf(String part) {
        return part.equals(RELAY) ? RELAY + "-1" : part;
    }

    /** Returns the relay that has the call now. */
    private String relayOf(HeldCall call) {
        return suite.events().of(call.call()).all(MediaReady.class).getLast().relay();
    }

    private boolean isMoved(HeldCall call) {
        return !suite.events().of(call.call()).all(MediaLost.class).isEmpty();
    }

    private static long longestSilence(List<HeldCall> calls) {
        return calls.stream().mapToLong(HeldCall::longestSilenceMillis).max().orElse(0);
    }
}
