package dev.trunkline.rtc.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** An Error in a room's release, its packets and its listener. */
class RoomFaultsTest {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> life = new ArrayList<>();
    private final RoomLife room = new RoomLife(false, new RoomLifeTest.Recorder(life));
    private final RoomFaults faults = new RoomFaults((where, fault) -> told.add(where), room);

    private static void fail() {
        throw new NoClassDefFoundError("on purpose");
    }

    @Test
    void everyStepOfAReleaseIsTakenWhateverAnotherThrows() {
        List<String> taken = new ArrayList<>();
        faults.releasing(() -> taken.add("first"), RoomFaultsTest::fail, () -> taken.add("third"));
        assertThat(taken).containsExactly("first", "third");
        assertThat(told).containsExactly("room-release");
    }

    @Test
    void whoWaitsForTheLastWordsIsFreedWhereTheyCannotBeSaid() {
        assertThat(faults.leaving(() -> {
            throw new StackOverflowError("on purpose");
        }).toCompletableFuture()).isCompleted();
    }

    @Test
    void aJoinThatCannotBeginFailsAtOnce() {
        faults.joining(RoomFaultsTest::fail);
        assertThat(room.isClosed()).isTrue();
        assertThat(life).containsExactly("failed UNREACHABLE");
    }

    @Test
    void ofPacketsThatKeepFailingTheRoomIsEnded() {
        room.welcomed();
        room.mediaUp();
        for (int i = 0; i < 50; i++) {
            faults.packet(new StackOverflowError());
        }
        assertThat(room.isClosed()).isFalse();
        faults.packet(new StackOverflowError());
        assertThat(room.isClosed()).isTrue();
        assertThat(life).endsWith("disconnected CONNECTION_LOST");
        assertThat(told).hasSize(51).containsOnly("room-packet");
    }

    @Test
    void aListenersErrorKeepsNoLaterCallFromIt() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ListenerQueue queue = new ListenerQueue(threads, "call=1", (where, fault) -> told.add(where));
            queue.add(RoomFaultsTest::fail);
            queue.add(() -> heard.add("next"));
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("next");
            assertThat(told).containsExactly("room-listener");
        }
    }

    @Test
    void callsThatFoundNoThreadAreMadeWithTheNext() {
        List<String> heard = new ArrayList<>();
        AtomicBoolean full = new AtomicBoolean(true);
        ListenerQueue queue = new ListenerQueue(task -> {
            if (full.get()) {
                throw new RejectedExecutionException("on purpose");
            }
            task.run();
        }, "call=1", (where, fault) -> told.add(where));
        queue.add(() -> heard.add("first"));
        full.set(false);
        queue.add(() -> heard.add("second"));
        assertThat(heard).containsExactly("first", "second");
    }
}
