package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoomTest {
    private final Room room = new Room();
    private final Queue<Runnable> taker = new ArrayDeque<>();

    private CompletionStage<Void> take() {
        room.taken();
        return room.free(taker::add);
    }

    private CompletionStage<Void> fill() {
        return IntStream.rangeClosed(0, Room.MOST).mapToObj(one -> take()).reduce((before, last) -> last).orElseThrow();
    }

    private static boolean done(CompletionStage<Void> stage) {
        return stage.toCompletableFuture().isDone();
    }

    @Test
    void asManyAsMayBeInHandAreTakenAtOnce() {
        for (int one = 0; one < Room.MOST; one++) {
            assertThat(done(take())).isTrue();
        }
        assertThat(taker).isEmpty();
    }

    @Test
    void theNextWaitsUntilOneIsGivenBackAndIsLetInOnTheThreadThatTakes() {
        CompletionStage<Void> next = fill();
        assertThat(done(next)).isFalse();
        room.givenBack();
        assertThat(done(next)).as("on the thread that gave back").isFalse();
        taker.remove().run();
        assertThat(done(next)).isTrue();
        assertThat(taker).isEmpty();
    }

    @Test
    void nobodyIsLetInWhileTooManyAreInHandStill() {
        fill();
        CompletionStage<Void> next = take();
        room.givenBack();
        assertThat(taker).isEmpty();
        room.givenBack();
        taker.remove().run();
        assertThat(done(next)).isTrue();
    }

    @Test
    void whoeverGivesBackWhileNobodyWaitsWakesNobody() {
        take();
        room.givenBack();
        assertThat(taker).isEmpty();
    }
}
