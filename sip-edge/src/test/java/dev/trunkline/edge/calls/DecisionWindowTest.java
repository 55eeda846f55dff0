package dev.trunkline.edge.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DecisionWindowTest {
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final long MILLI = 1_000_000L;

    private final AtomicLong nanos = new AtomicLong(-5);
    private final DecisionWindow window = new DecisionWindow(nanos::get, DEADLINE);

    private List<Runnable> enter(int calls, String trunk) {
        List<Runnable> places = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            places.add(window.enter(trunk, Duration.ZERO));
        }
        return places;
    }

    private void pass(long millis) {
        nanos.addAndGet(millis * MILLI);
    }

    @Test
    void isFullWhenAsManyWaitAsItHolds() {
        enter(DecisionWindow.FIRST - 1, "a");
        assertThat(window.isFullFor("a")).isFalse();

        Runnable last = enter(1, "a").getFirst();
        assertThat(window.isFullFor("a")).isTrue();

        last.run();
        last.run();
        assertThat(window.isFullFor("a")).isFalse();
        assertThat(window.waiting()).isEqualTo(DecisionWindow.FIRST - 1);
    }

    @Test
    void aTrunkHasItsShareThoughAnotherFilledIt() {
        enter(DecisionWindow.FIRST, "flood");

        assertThat(window.isFullFor("other")).isFalse();
        enter(DecisionWindow.FIRST / 2, "other");
        assertThat(window.isFullFor("other")).isTrue();
        assertThat(window.isFullFor("flood")).isTrue();
        assertThat(window.isFullFor("third")).isFalse();
    }

    @Test
    void isHalfOfWhatWaitsOnceForAllThatWereLateTogetherAndNeverNothing() {
        List<Runnable> places = enter(100, "a");
        pass(1_500);
        places.forEach(Runnable::run);
        assertThat(window.size()).isEqualTo(50);

        for (int i = 0; i < 20; i++) {
            places = enter(DecisionWindow.SMALLEST + 1, "a");
            pass(1_500);
            places.forEach(Runnable::run);
        }
        assertThat(window.size()).isEqualTo(DecisionWindow.SMALLEST);
    }

    @Test
    void aFewLateDecisionsAreNoSignOfTooManyCalls() {
        for (int i = 0; i < 20; i++) {
            List<Runnable> places = enter(DecisionWindow.SMALLEST, "a");
            pass(2_000);
            places.forEach(Runnable::run);
        }
        assertThat(window.size()).isEqualTo(DecisionWindow.FIRST);
    }

    @Test
    void growsWhileItIsUsedAndDecisionsAreInGoodTime() {
        List<Runnable> places = enter(DecisionWindow.FIRST, "a");
        pass(100);
        places.forEach(Runnable::run);
        int grown = window.size();
        assertThat(grown).isGreaterThan(DecisionWindow.FIRST).isLessThanOrEqualTo(DecisionWindow.FIRST * 2);

        enter(10, "a").forEach(Runnable::run);
        assertThat(window.size()).as("nobody needed more").isEqualTo(grown);

        places = enter(DecisionWindow.FIRST * 2, "a");
        pass(1_200);
        places.forEach(Runnable::run);
        assertThat(window.size()).as("neither good nor late").isEqualTo(grown);
    }

    @Test
    void afterATimeOfLateDecisionsItIsSoonAsLargeAsAtTheBeginning() {
        List<Runnable> places = enter(40, "a");
        pass(1_500);
        places.forEach(Runnable::run);
        assertThat(window.size()).isEqualTo(DecisionWindow.SMALLEST);

        for (int i = 0; i < 1_100; i++) {
            Runnable place = window.enter("a", Duration.ZERO);
            pass(20);
            place.run();
        }
        assertThat(window.size()).isEqualTo(DecisionWindow.FIRST);
    }

    @Test
    void whatACallWaitedBeforeIsCounted() {
        enter(99, "a");
        Runnable place = window.enter("a", Duration.ofMillis(1_400));
        pass(100);
        place.run();

        assertThat(window.size()).isEqualTo(50);
    }

    /**
     * 400 calls a second arrive at a service that decides 100 a second, one after the other, and ignores those that are
     * too late.
     */
    @Test
    void underTooManyCallsThoseThatAreTakenAreDecidedInTime() {
        record Waiting(long since, Runnable place) {}
        Deque<Waiting> queue = new ArrayDeque<>();
        int inTime = 0;
        int decided = 0;
        for (int millis = 0; millis < 60_000; millis++) {
            pass(1);
            if (millis % 5 < 2 && !window.isFullFor("a")) {
                queue.add(new Waiting(nanos.get(), window.enter("a", Duration.ZERO)));
            }
            while (!queue.isEmpty() && nanos.get() - queue.peek().since() >= DEADLINE.toNanos()) {
                queue.remove().place().run();
            }
            if (millis % 10 == 0 && !queue.isEmpty()) {
                Waiting first = queue.remove();
                first.place().run();
                decided++;
                // The services that decide after this one need half a second.
                inTime += nanos.get() - first.since() < DEADLINE.toNanos() * 3 / 4 ? 1 : 0;
            }
        }

        assertThat(decided).isGreaterThan(5_900);
        assertThat(inTime).isGreaterThan(decided * 90 / 100);
    }
}
