package dev.trunkline.sip.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.net.Faults;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> faults = new LinkedBlockingQueue<>();
    private final AtomicLong skip = new AtomicLong();
    private final Lanes<Runnable> lanes = new Lanes<>(2, 1, (lane, message) -> message.run(),
            () -> System.nanoTime() + skip.get(),
            new Faults((where, fault) -> faults.add(where + " " + fault.getClass().getSimpleName()), System::nanoTime));
    private final Lane<Runnable> lane = lanes.all().getFirst();

    @AfterEach
    void close() {
        lanes.close();
    }

    private String next() throws InterruptedException {
        return String.valueOf(done.poll(10, TimeUnit.SECONDS));
    }

    private static void overflow() {
        overflow();
    }

    private static void fail() {
        throw new AssertionError("injected");
    }

    @Test
    void anErrorInAMessageATimerOrATaskEndsThatOneAndNothingElse() throws Exception {
        lanes.start();
        lane.offer(LaneTest::overflow, 10);
        lane.offer(() -> lane.after(Duration.ofMillis(5), LaneTest::fail), 10);
        lane.offer(() -> lane.after(Duration.ofMillis(10), () -> done.add("timer")), 10);
        lane.execute(LaneTest::fail);
        lane.execute(() -> done.add("task"));
        lane.offer(() -> done.add("message"), 10);
        assertThat(List.of(next(), next(), next())).containsExactlyInAnyOrder("task", "message", "timer");
        assertThat(faults).containsExactlyInAnyOrder(
                "sip-lane-message StackOverflowError", "sip-lane-timer AssertionError", "sip-lane-task AssertionError");
        assertThat(lanes.alive()).isTrue();
    }

    @Test
    void isSettledWhenTheLastMessageIsWorkedOffAndNotSooner() throws Exception {
        lanes.start();
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        lane.offer(() -> {
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }, 10);
        lane.offer(() -> done.add("last"), 10);
        begun.await();
        assertThat(lanes.settle(() -> true)).as("one is under way").isFalse();
        assertThat(lanes.settle(() -> {
            mayEnd.countDown();
            return false;
        })).isTrue();
        assertThat(done.poll()).isEqualTo("last");
    }

    @Test
    void noMoreWaitThanMay() {
        for (int i = 0; i < 10; i++) {
            assertThat(lane.offer(() -> { }, 10)).isTrue();
        }
        assertThat(lane.offer(() -> { }, 10)).isFalse();
        assertThat(lane.offer(() -> { }, 11)).isTrue();
        assertThat(lanes.waiting()).isEqualTo(11);
    }

    @Test
    void tasksGoBeforeMessagesAndWorkOfItsOwnAtOnce() throws Exception {
        lane.offer(() -> done.add("message"), 10);
        lane.execute(() -> {
            done.add("task");
            lane.execute(() -> done.add("inner"));
            done.add("end of task");
        });
        lanes.start();
        assertThat(List.of(next(), next(), next(), next())).containsExactly("task", "inner", "end of task", "message");
    }

    @Test
    void aLaneThatHangsIsSaidToBeDeadAndOneThatRestsIsNot() throws Exception {
        lanes.start();
        var release = new CountDownLatch(1);
        lane.offer(() -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                done.add("interrupted");
            }
        }, 10);
        while (lane.waiting() > 0) {
            Thread.onSpinWait();
        }
        lanes.ask();
        assertThat(lanes.alive()).isTrue();
        skip.set(Duration.ofSeconds(2).toNanos());
        assertThat(lanes.alive()).isFalse();
        release.countDown();
        while (!lanes.alive()) {
            Thread.sleep(1);
        }
    }

    @Test
    void whatOneCallIdNamesIsAlwaysOfOneLane() {
        byte[] message = "OPTIONS sip:a SIP/2.0\r\nCall-ID: a@b\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 4; i++) {
            assertThat(lanes.of(message, new byte[] {(byte) i})).isSameAs(lanes.of("a@b"));
        }
    }

    @Test
    void whatIsWantedBeforeTheEndIsStillDone() throws Exception {
        lanes.start();
        lane.execute(() -> lanes.all().getLast().execute(() -> done.add("last")));
        lane.execute(() -> done.add("first"));
        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("first", "last");
        for (int i = 0; i < 100; i++) {
            lane.execute(() -> done.add("task"));
        }
        lanes.close();
        assertThat(done).hasSize(100);
    }
}
