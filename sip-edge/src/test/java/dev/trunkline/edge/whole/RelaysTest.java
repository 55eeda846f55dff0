package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.whole.UdpPhone.Message;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RelayState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Relays that live, fill, end and die, as they report on their own topic. */
class RelaysTest extends WithEdge {
    private static final Duration SILENCE = Duration.ofSeconds(2);

    /** The state that the relay of these tests publishes four times a second; null while it is dead. */
    private final AtomicReference<RelayState> state = new AtomicReference<>();
    private volatile boolean over;
    private Thread relay;

    @Override
    Map<String, String> settings() {
        var settings = new HashMap<>(super.settings());
        settings.put("trunkline.sip.relay-silence", SILENCE.toSeconds() + "S");
        // There is no second relay to take over calls.
        settings.put("trunkline.sip.relay-take-over", "1S");
        return settings;
    }

    @BeforeEach
    void live() throws Exception {
        over = false;
        suite.beat(PlayedSuite.RELAY, RelayState.TAKING);
        state.set(RelayState.TAKING);
        relay = Thread.startVirtualThread(() -> {
            while (!over) {
                try {
                    RelayState now = state.get();
                    if (now != null) {
                        suite.beat(PlayedSuite.RELAY, now);
                    }
                    Thread.sleep(250);
                } catch (Exception e) {
                    // Kafka is unavailable. The heartbeat would be out of date by the time Kafka is back.
                }
            }
        });
        awaitRelays(1);
    }

    @AfterEach
    void stopBeating() throws Exception {
        over = true;
        relay.join();
    }

    private void awaitRelays(int living) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (edge.metrics.get("trunkline_edge_relays").gauge().value() != living) {
            assertThat(System.nanoTime()).as("relays living: not %d", living).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private void assertLost(UdpPhone.Leg leg, Envelope call, String detail) throws Exception {
        Message bye = leg.awaitRequest("BYE");
        leg.ok(bye);
        assertThat(bye.header("Reason").orElse("")).contains("relay-lost");
        assertThat((CallEnded) suite.await(call, CallEnded.class).record()).satisfies(ended -> {
            assertThat(ended.reason()).isEqualTo(EndReason.RELAY_LOST);
            assertThat(ended.detail()).contains(detail);
        });
    }

    @Test
    void aKilledRelaysCallersAreHungUpAndNewOnesRefused() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg);
        state.set(null);
        Instant killed = Instant.now();
        assertLost(leg, call, "2 s");
        assertThat((CallEnded) suite.await(call, CallEnded.class).record()).satisfies(ended -> {
            // The call ended at its last heartbeat, not two seconds later when the loss was noticed.
            assertThat(ended.summary().orElseThrow().endedAt()).isBefore(killed.plusMillis(1_500));
            assertThat(ended.summary().get().talkMillis()).isEqualTo(ended.durationMillis());
        });
        awaitRelays(0);
        UdpPhone.Leg late = phone.leg().invite();
        Envelope invite = suite.awaitInvite(late);
        suite.admit(invite, AnswerPolicy.ON_AGENT);
        Message refusal = late.await(503);
        late.ackRefusal(refusal);
        assertThat(refusal.header("Reason").orElse("")).contains("no-relay");
        assertThat(refusal.header("Retry-After")).isPresent();
        var refused = (CallRejected) suite.await(invite, CallRejected.class).record();
        assertThat(refused.reason()).isEqualTo(RefusalReason.NO_RELAY);
        assertThat(refused.trace()).isNotEmpty();
    }

    @Test
    void aRelayThatEndsInOrderEndsItsLastCallsAndAFullOneKeepsThem() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg);
        state.set(RelayState.FULL);
        UdpPhone.Leg another = phone.leg().invite();
        Envelope invite = suite.awaitInvite(another);
        Thread.sleep(1000);
        suite.admit(invite, AnswerPolicy.ON_AGENT);
        Message refusal = another.await(503);
        another.ackRefusal(refusal);
        assertThat(refusal.header("Reason").orElse("")).contains("suite-full");
        state.set(RelayState.GONE);
        assertLost(leg, call, "ended");
    }

    @Test
    void kafkaAwayForLongerThanARelayMayBeSilentEndsNothing() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg);
        kafka.goAway();
        Thread.sleep(SILENCE.multipliedBy(3).toMillis());
        kafka.comeBack();
        awaitRelays(1);
        Thread.sleep(SILENCE.multipliedBy(2).plusSeconds(2).toMillis());
        assertThat(suite.of(call)).noneMatch(CallEnded.class::isInstance);
        leg.send("BYE", "", "");
        leg.await(200);
        assertThat(((CallEnded) suite.await(call, CallEnded.class).record()).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void aRelayThatDiedWithTheEdgeIsLostForTheCallsThatAreTakenUp() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg);
        edge.close();
        state.set(null);
        edge = newEdge();
        assertLost(leg, call, "2 s");
        assertThat(suite.of(call).stream().filter(event -> event.isLast())).hasSize(1);
    }
}
