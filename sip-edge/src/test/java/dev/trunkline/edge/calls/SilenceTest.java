package dev.trunkline.edge.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.CallInput;
import dev.trunkline.edge.call.CallTimer;
import dev.trunkline.edge.calls.CallsOfTests.Begun;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RelayHeartbeat;
import dev.trunkline.events.RelayState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The silence of other services counts only while they could be heard. */
class SilenceTest {

    private static void await(BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static Begun up(CallsOfTests edge) throws InterruptedException {
        Begun call = edge.begin("call@host").admitted(AnswerPolicy.IMMEDIATE).mediaReady();
        await(() -> call.call.held().isPresent());
        return call;
    }

    @ParameterizedTest
    @EnumSource(value = CallTimer.class, names = {"MEDIA", "PATIENCE", "HEARTBEAT", "ORPHANED"})
    void whatWaitsForTheSuiteIsOverWhenAllOfThatTimeWasRead(CallTimer timer) {
        var read = new AtomicLong(1000);
        var silence = new Silence(() -> 5000, read::get);
        Duration after = Duration.ofSeconds(8);
        assertThat(silence.left(timer, after, 1000)).isEqualTo(after);
        read.set(1000 + Duration.ofSeconds(3).toNanos());
        assertThat(silence.left(timer, after, 1000)).isEqualTo(Duration.ofSeconds(5));
        read.set(1000 + Duration.ofMillis(7_999).toNanos());
        assertThat(silence.left(timer, after, 1000)).as("no busy waiting").isEqualTo(Duration.ofMillis(200));
        read.set(1000 + after.toNanos());
        assertThat(silence.left(timer, after, 1000)).isZero();
        read.set(1000 + Duration.ofSeconds(60).toNanos());
        assertThat(silence.left(timer, after, 1000)).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = CallTimer.class, mode = EnumSource.Mode.EXCLUDE, names = {"MEDIA", "PATIENCE", "HEARTBEAT", "ORPHANED"})
    void whatWaitsForTheCallerGoesByTheClock(CallTimer timer) {
        assertThat(new Silence(() -> 5000, () -> 0).left(timer, Duration.ofSeconds(8), 1000)).isZero();
    }

    @Test
    void aLivingCallOutlivesASilenceOfKafkaAndNotOneOfItsRelay() throws Exception {
        try (var edge = new CallsOfTests()) {
            long deaf = System.nanoTime();
            edge.readUntil = () -> deaf;
            Begun call = up(edge);
            // Nothing is read: the heartbeat timeout passes without effect and is restarted.
            Thread.sleep(CallsOfTests.HEARTBEAT.plusSeconds(1).toMillis());
            assertThat(call.last()).isEmpty();
            edge.readUntil = System::nanoTime;
            await(() -> !call.last().isEmpty());
            assertRelayLost(call);
        }
    }

    private static void assertRelayLost(Begun call) {
        assertThat(call.last()).singleElement().isInstanceOfSatisfying(CallEnded.class, ended ->
                assertThat(ended.reason()).isEqualTo(EndReason.RELAY_LOST));
    }

    @Test
    void theCallsOfASilentRelayAreOverThoughTheirOwnHeartbeatIsNotMissedYet() throws Exception {
        try (var edge = new CallsOfTests()) {
            edge.beat("relay-1", RelayState.TAKING);
            edge.beat("relay-2", RelayState.TAKING);
            Begun call = up(edge);
            var watch = edge.relayWatch(CallsOfTests.RELAY_SILENCE);
            watch.look(call.call, false);
            assertThat(call.last()).isEmpty();
            edge.relaysFallSilent();
            edge.beat("relay-2", RelayState.TAKING);
            watch.start();
            await(() -> !call.last().isEmpty());
            assertRelayLost(call);
            assertThat(((CallEnded) call.last().getFirst()).detail()).isEqualTo("the relay said nothing for more than 300 s");
            assertThat(edge.sent).filteredOn(request -> request.method().equals("BYE")).hasSize(1);
            assertThat(edge.silent).as("lost its place in the relays' group, once").containsExactly("relay-1");
        }
    }

    @Test
    void aRelayThatEndsTakesItsLastCallsWithIt() throws Exception {
        try (var edge = new CallsOfTests()) {
            edge.beat("relay-1", RelayState.TAKING);
            Begun call = up(edge);
            edge.beat("relay-1", RelayState.GONE);
            edge.relayWatch(Duration.ofSeconds(1)).look(call.call, false);
            await(() -> !call.last().isEmpty());
            assertRelayLost(call);
        }
    }

    @Test
    void aRelayThatIsBackAtOnceHasLostItsCallsAndTheyEndWhenItsFormerProcessWasLastHeard() throws Exception {
        try (var edge = new CallsOfTests()) {
            Instant before = Instant.now().minusSeconds(60);
            edge.beat(new RelayHeartbeat("relay-1", RelayState.TAKING, 0, Optional.of(before), Optional.empty()));
            Begun call = up(edge);
            var watch = edge.relayWatch(Duration.ofSeconds(600));
            watch.look(call.call, false);
            assertThat(call.last()).isEmpty();
            edge.beat(new RelayHeartbeat("relay-1", RelayState.TAKING, 0, Optional.of(Instant.now()), Optional.empty()));
            watch.look(call.call, false);
            await(() -> !call.last().isEmpty());
            assertRelayLost(call);
            assertThat(((CallEnded) call.last().getFirst()).detail()).isEqualTo("the relay restarted");
        }
    }

    @Test
    void aCallOutlivesItsRelayWhereAnotherTakesItUp() throws Exception {
        try (var edge = new CallsOfTests(Duration.ofSeconds(20))) {
            edge.beat("relay-1", RelayState.TAKING);
            edge.beat("relay-2", RelayState.TAKING);
            Begun call = up(edge);
            call.call.on(new CallInput.Ack(call.invite.request().cseq(), Optional.empty()));
            edge.beat("relay-1", RelayState.GONE);
            var watch = edge.relayWatch(Duration.ofSeconds(1));
            watch.look(call.call, false);
            await(() -> call.said().stream().anyMatch(MediaLost.class::isInstance));
            var lost = (MediaLost) call.said().stream().filter(MediaLost.class::isInstance).findFirst().orElseThrow();
            assertThat(lost.relay()).isEqualTo("relay-1");
            assertThat(lost.detail()).isEqualTo("the relay ended");
            assertThat(lost.admitted().route().room()).isEqualTo("room");
            watch.look(call.call, false);
            call.told(new MediaReady(lost.callId(), "relay-2", "room", "PA_2", "v=0\r\nm=audio 7000 RTP/AVP 0\r\n", "PCMU", lost.revision()));
            await(() -> edge.sent.stream().anyMatch(request -> request.method().equals("INVITE")));
            watch.look(call.call, false);
            assertThat(call.call.held()).hasValueSatisfying(held -> assertThat(held.relay()).isEqualTo("relay-2"));
            assertThat(call.last()).isEmpty();
            assertThat(call.said()).filteredOn(MediaLost.class::isInstance).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(value = RelayState.class, names = {"FULL", "GONE"})
    void aCallThatNoRelayWouldTakeIsRefusedWhenItIsAdmitted(RelayState state) throws Exception {
        try (var edge = new CallsOfTests()) {
            edge.beat("relay-1", state);
            Begun call = edge.begin("call@host").admitted(AnswerPolicy.ON_AGENT);
            await(() -> call.invite.statuses.contains(503));
            assertThat(call.invite.statuses).doesNotContain(180);
            await(() -> !call.last().isEmpty());
            var reason = state == RelayState.GONE ? RefusalReason.NO_RELAY : RefusalReason.SUITE_FULL;
            assertThat(call.last()).singleElement().isInstanceOfSatisfying(CallRejected.class, refused -> {
                assertThat(refused.reason()).isEqualTo(reason);
                assertThat(refused.trace()).isNotEmpty();
            });
            await(() -> edge.calls.live() == 0);
            // If a relay took the call nevertheless, it receives the same last event again, under the same id, and no other.
            CallEvent last = call.last().getFirst();
            assertThat(edge.parts.lateRelays().remembers(last.callId().toString())).isTrue();
        }
    }
}
