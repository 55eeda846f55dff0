package dev.trunkline.edge.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.CallInput;
import dev.trunkline.edge.calls.CallsOfTests.Begun;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.RelayHeartbeat;
import dev.trunkline.events.RelayState;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferWay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A draining relay gives its calls away, if it reports that and another relay would take them. */
class MovedCallsTest {
    private final CallsOfTests edge = new CallsOfTests(Duration.ofSeconds(20));
    private final RelayWatch watch = edge.relayWatch(Duration.ofSeconds(600));

    /** The clock of read events stands still, so that no relay appears silent even on a slow machine. */
    @BeforeEach
    void standStill() {
        long now = System.nanoTime();
        edge.readUntil = () -> now;
    }

    @AfterEach
    void close() {
        edge.close();
    }

    private static void await(BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private Begun up() throws InterruptedException {
        Begun call = early();
        call.call.on(new CallInput.Ack(call.invite.request().cseq(), Optional.empty()));
        return call;
    }

    private Begun early() throws InterruptedException {
        edge.beat("relay-1", RelayState.TAKING);
        Begun call = edge.begin("call@host").admitted(AnswerPolicy.IMMEDIATE).mediaReady();
        await(() -> call.call.held().isPresent());
        return call;
    }

    private void drains(Optional<Instant> handsOverSince) {
        edge.beat(new RelayHeartbeat("relay-1", RelayState.DRAINING, 1, Optional.empty(), handsOverSince));
    }

    private void givesItsCallsAway() {
        drains(Optional.of(Instant.now()));
    }

    private static boolean isMoved(Begun call) {
        return call.said().stream().anyMatch(MediaLost.class::isInstance);
    }

    /** The call handles inputs in order: once the BYE is handled, anything that the watch sent before it has been handled too. */
    private void assertStays(Begun call) throws InterruptedException {
        watch.look(call.call, true);
        call.call.on(new CallInput.Bye(99));
        await(() -> !call.last().isEmpty());
        assertThat(isMoved(call)).isFalse();
    }

    @Test
    void anotherIsAskedToTakeTheCallAndItIsNotEnded() throws Exception {
        Begun call = up();
        edge.beat("relay-2", RelayState.TAKING);
        givesItsCallsAway();
        watch.look(call.call, true);
        await(() -> isMoved(call));
        var lost = (MediaLost) call.said().stream().filter(MediaLost.class::isInstance).findFirst().orElseThrow();
        assertThat(lost.relay()).isEqualTo("relay-1");
        assertThat(lost.detail()).contains("drained");
        assertThat(call.last()).isEmpty();
    }

    @Test
    void eachCallHasItsTurnWithinAMoment() throws Exception {
        Begun call = up();
        edge.beat("relay-2", RelayState.TAKING);
        givesItsCallsAway();
        watch.start();
        await(() -> {
            edge.beat("relay-2", RelayState.TAKING);
            givesItsCallsAway();
            return isMoved(call);
        });
    }

    @Test
    void itStaysUntilItIsItsTurn() throws Exception {
        Begun call = up();
        edge.beat("relay-2", RelayState.TAKING);
        givesItsCallsAway();
        watch.look(call.call, false);
        call.call.on(new CallInput.Bye(99));
        await(() -> !call.last().isEmpty());
        assertThat(isMoved(call)).isFalse();
    }

    @Test
    void whereNoOtherHasRoomItStays() throws Exception {
        Begun call = up();
        edge.beat("relay-2", RelayState.FULL);
        givesItsCallsAway();
        assertStays(call);
    }

    @Test
    void aRelayThatDrainsAndDoesNotSaySoKeepsIt() throws Exception {
        Begun call = up();
        edge.beat("relay-2", RelayState.TAKING);
        drains(Optional.empty());
        assertStays(call);
    }

    private Begun handedOver() throws InterruptedException {
        Begun call = up();
        edge.beat("relay-2", RelayState.TAKING);
        call.told(new TransferStarted(call.received.callId(), "t-1", TransferWay.BRIDGE, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), List.of()));
        givesItsCallsAway();
        return call;
    }

    private static void failed(Begun call, String transfer) {
        call.told(new TransferFailed(
                call.received.callId(), transfer, Optional.empty(), Optional.empty(), OptionalInt.empty(), "busy", List.of()));
    }

    @Test
    void aCallThatIsBeingHandedOverStays() throws Exception {
        Begun call = handedOver();
        failed(call, "another");
        assertStays(call);
    }

    @Test
    void andGoesWhenThatIsOver() throws Exception {
        Begun call = handedOver();
        failed(call, "t-1");
        watch.look(call.call, true);
        await(() -> isMoved(call));
    }

    @Test
    void aCallThatIsNotAcknowledgedYetStays() throws Exception {
        Begun call = early();
        edge.beat("relay-2", RelayState.TAKING);
        givesItsCallsAway();
        assertStays(call);
    }
}
