package dev.trunkline.edge.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.ClientTransaction;
import dev.trunkline.sip.Delays;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** An outbound call whose trunk is not known yet. */
class LaterDialTest {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private Duration waited = Duration.ZERO;
    private final Delays delays = (after, task) -> {
        waited = waited.plus(after);
        waiting.add(task);
        return () -> waiting.remove(task);
    };
    private boolean known;
    private int dialled;
    private int cancelled;
    private int givenUp;

    private ClientTransaction begin() {
        return LaterDial.begin(delays, Duration.ofSeconds(5), () -> known, () -> {
            dialled++;
            return () -> cancelled++;
        }, () -> givenUp++);
    }

    private void run() {
        while (!waiting.isEmpty()) {
            waiting.poll().run();
        }
    }

    @Test
    void isDialledWhenTheTrunkIsKnown() {
        begin();
        waiting.poll().run();
        assertThat(dialled).isZero();
        known = true;
        run();
        assertThat(dialled).isEqualTo(1);
        assertThat(waited).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void isDialledAllTheSameWhenItHasWaitedLongEnough() {
        begin();
        run();
        assertThat(dialled).isEqualTo(1);
        assertThat(waited).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void oneThatIsGivenUpMeanwhileIsNeverDialled() {
        ClientTransaction later = begin();
        later.cancel();
        later.cancel();
        known = true;
        run();
        assertThat(dialled).isZero();
        assertThat(givenUp).isEqualTo(1);
    }

    @Test
    void oneThatIsGivenUpLaterIsCancelled() {
        ClientTransaction later = begin();
        known = true;
        run();
        later.cancel();
        assertThat(cancelled).isEqualTo(1);
        assertThat(givenUp).isZero();
    }
}
