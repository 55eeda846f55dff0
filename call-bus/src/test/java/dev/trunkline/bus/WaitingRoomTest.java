package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which events find space while Kafka is unavailable, and which do not. */
class WaitingRoomTest {
    private static final Runnable NOTHING = () -> {};
    private final WaitingRoom room = new WaitingRoom("test", 3, 1_000);
    private final CountDownLatch kafkaIsBack = new CountDownLatch(1);
    private final List<String> sent = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        kafkaIsBack.countDown();
        room.close();
    }

    private void stuck(int size) {
        room.enter(size, false, () -> {
            try {
                kafkaIsBack.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            sent.add("first");
        });
    }

    @Test
    void sendsInOrder() {
        stuck(1);
        room.enter(1, false, () -> sent.add("second"));
        room.enter(1, true, () -> sent.add("third"));
        assertThat(room.isOccupied()).isTrue();
        kafkaIsBack.countDown();
        assertThat(room.close(Duration.ofSeconds(20))).isZero();
        assertThat(sent).containsExactly("first", "second", "third");
        assertThat(room.isOccupied()).isFalse();
    }

    @Test
    void refusesMoreEventsThanItHasPlacesFor() {
        stuck(1);
        room.enter(1, false, NOTHING);
        room.enter(1, false, NOTHING);
        assertThatThrownBy(() -> room.enter(1, false, NOTHING))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("3 events of 3 octets in total are already waiting for Kafka");
    }

    @Test
    void refusesMoreOctetsThanItHasPlaceFor() {
        stuck(600);
        assertThatThrownBy(() -> room.enter(401, false, NOTHING)).isInstanceOf(RejectedExecutionException.class);
        assertThatCode(() -> room.enter(400, false, NOTHING)).doesNotThrowAnyException();
    }

    @Test
    void aLastEventAlwaysFindsAPlace() {
        stuck(1_000);
        for (int i = 0; i < 100; i++) {
            room.enter(1_000, true, () -> sent.add("last"));
        }
        kafkaIsBack.countDown();
        assertThat(room.close(Duration.ofSeconds(20))).isZero();
        assertThat(sent).hasSize(101);
    }

    @Test
    void whoLeavesMakesPlaceAlsoWhereSendingThrew() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            room.enter(1_000, false, () -> {
                throw new IllegalStateException("in a test");
            });
            while (room.isOccupied()) {
                Thread.sleep(1);
            }
        }
    }

    @Test
    void tellsHowManyWereLeftBehind() {
        stuck(1);
        room.enter(1, false, NOTHING);
        assertThat(room.close(Duration.ofMillis(50))).isEqualTo(2);
        assertThatThrownBy(() -> room.enter(1, false, NOTHING)).isInstanceOf(RejectedExecutionException.class);
    }
}
