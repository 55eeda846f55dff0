package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SerialQueueTest {
    private final List<String> seen = new ArrayList<>();

    @Test
    void aTaskThatThrowsAnErrorEndsAlone() {
        var queue = new SerialQueue(Runnable::run, fault -> seen.add(fault.getClass().getSimpleName()));

        queue.execute(() -> seen.add("first"));
        queue.execute(() -> {
            throw new StackOverflowError();
        });
        queue.execute(() -> seen.add("last"));

        assertThat(seen).containsExactly("first", "StackOverflowError", "last");
    }

    @Test
    void whoIsToldMayFailToo() {
        var queue = new SerialQueue(Runnable::run, fault -> {
            throw new OutOfMemoryError();
        });

        queue.execute(() -> {
            throw new IllegalStateException();
        });
        queue.execute(() -> seen.add("last"));

        assertThat(seen).containsExactly("last");
    }

    @Test
    void keepsTheOrderOverManyThreads() throws InterruptedException {
        var numbers = new ArrayList<Integer>();
        var done = new CountDownLatch(10_000);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var queue = new SerialQueue(threads, fault -> {});
            for (int i = 0; i < 10_000; i++) {
                int number = i;
                queue.execute(() -> {
                    numbers.add(number);
                    done.countDown();
                });
            }
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(numbers).hasSize(10_000).isSorted();
    }
}
