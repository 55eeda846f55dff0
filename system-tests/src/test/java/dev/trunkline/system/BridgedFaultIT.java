package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.local.ChildProcess;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallEnd;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.TakenCall;
import dev.trunkline.system.support.Alone;
import dev.trunkline.system.support.Attacks;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Relay and edge are killed, alone and together, after callers were transferred to an outside party. Both legs continue if there is a
 * relay to take them over; otherwise both sides get BYE. Nothing of the calls is left.
 */
@Tag("long")
@Alone
@ExtendWith(SuiteExtension.class)
@Attacks({"sip-edge", "media-relay"})
class BridgedFaultIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A number of the demo with an agent that echoes. */
    private static final String AGENT = "+3225550107";
    private static final String RELAY = "media-relay";
    private static final String EDGE = "sip-edge";
    private static final int TONE = 700;
    private static final long HALF_A_SECOND = 500;

    private static CalledPhone target;

    private final SuiteUnderTest suite;
    /** The rooms of the callers and of the parties to which they were transferred. */
    private final List<String> rooms = new ArrayList<>();

    BridgedFaultIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeAll
    static void open(SuiteUnderTest suite) throws Exception {
        target = CalledPhone.open(suite);
        target.does(CalledPhone.answers(TONE));
    }

    @AfterAll
    static void close() {
        target.close();
    }

    /** A caller, and the party to which the caller was transferred. */
    private record Bridge(Call caller, TakenCall callee, CallLog parent, CallLog leg) {
        void awaitBothHear() {
            long there = callee.media().heardMillis(TONE);
            long here = caller.media().heardMillis(CalledPhone.TONE);
            Await.until("half a second more, both ways", PATIENCE, () -> callee.media().heardMillis(TONE) >= there + HALF_A_SECOND
                    && caller.media().heardMillis(CalledPhone.TONE) >= here + HALF_A_SECOND);
        }

        /** One side's BYE gets its 200, and the other side gets a BYE. */
        void endedByCaller() {
            assertThat(caller.hangUp().toCompletableFuture().join().status()).as("to the caller's BYE").isEqualTo(200);
            assertThat(callee.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            parent.assertEnded(EndReason.CALLER_HUNG_UP);
            leg.assertEnded(EndReason.PARTNER_LEFT);
        }

        void endedByCallee() {
            assertThat(callee.hangUp().toCompletableFuture().join().status()).as("to the callee's BYE").isEqualTo(200);
            assertThat(caller.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            leg.assertEnded(EndReason.CALLEE_HUNG_UP);
            parent.assertEnded(EndReason.PARTNER_LEFT);
        }
    }

    private Bridge bridge(Phone phone, String from) throws Exception {
        Call caller = phone.dial(CallRequest.to(AGENT).from(from).saying(AudioSource.tone(TONE)).listeningFor(CalledPhone.TONE));
        caller.awaitAnswer(PATIENCE);
        CallLog parent = suite.events().of(caller);
        suite.asAdmin().json("POST", "/calls/" + parent.callId() + "/transfer",
                "{\"to\": \"+3225550198\", \"trunk\": \"%s\", \"way\": \"bridge\"}".formatted(CalledPhone.TRUNK));
        TakenCall callee = target.awaitCall();
        parent.await(TransferSucceeded.class);
        rooms.add(parent.await(CallRouted.class).room());
        CallId leg = parent.await(TransferStarted.class).leg().orElseThrow();
        var bridge = new Bridge(caller, callee, parent, suite.events().ofCall(leg.toString()));
        bridge.awaitBothHear();
        return bridge;
    }

    @Test
    void anotherRelayTakesBothLegsUpOfAKilledOneAndTheTwoHearEachOtherAgain() throws Exception {
        assertBothLegsGoToTheOtherRelay("relay", ChildProcess::kill, "+32470100401", "+32470100402");
    }

    /** What a test does to the suite while one of two relays bridges two callers. */
    @FunctionalInterface
    private interface Kill {
        void kill(ChildProcess relay) throws Exception;
    }

    private void assertBothLegsGoToTheOtherRelay(String killed, Kill kill, String oneCaller, String otherCaller) throws Exception {
        String second = suite.suite().addReplica(RELAY);
        boolean firstKilled = false;
        try (Phone phone = suite.phone()) {
            List<Bridge> bridges = List.of(bridge(phone, oneCaller), bridge(phone, otherCaller));
            String lost = relayOf(bridges.getFirst().parent());
            firstKilled = !lost.equals(second);
            long begun = System.nanoTime();
            kill.kill(suite.suite().process(firstKilled ? RELAY : second));
            assertThat(bridges.getFirst().parent().await(MediaLost.class)).isNotNull();
            for (Bridge bridge : bridges) {
                bridge.awaitBothHear();
                assertThat(relayOf(bridge.parent())).isNotEqualTo(lost);
                assertThat(relayOf(bridge.leg())).isNotEqualTo(lost);
            }
            System.out.printf("killed %s: both legs of %d calls are heard %d ms after the kill%n", killed, bridges.size(),
                    (System.nanoTime() - begun) / 1_000_000);
            bridges.getFirst().endedByCaller();
            bridges.getLast().endedByCallee();
        } finally {
            if (firstKilled) {
                suite.suite().restart(RELAY);
            }
            suite.suite().removeReplica(second);
        }
        assertNothingLeft();
    }

    private static String relayOf(CallLog log) {
        return log.all(MediaReady.class).getLast().relay();
    }

    @Test
    void anEdgeThatStartsInThePlaceOfAKilledOneEndsBothLegsWhoeverHangsUp() throws Exception {
        try (Phone phone = suite.phone()) {
            Bridge one = bridge(phone, "+32470100411");
            Bridge other = bridge(phone, "+32470100412");
            suite.suite().process(EDGE).kill();
            one.awaitBothHear();
            suite.suite().restart(EDGE);
            other.awaitBothHear();
            one.endedByCaller();
            other.endedByCallee();
        }
        assertNothingLeft();
    }

    @Test
    void anEdgeThatWasKilledWithARelayGivesBothLegsOfThatOneToAnother() throws Exception {
        Kill both = relay -> {
            suite.suite().process(EDGE).kill();
            relay.kill();
            suite.suite().restart(EDGE);
        };
        assertBothLegsGoToTheOtherRelay("edge and relay", both, "+32470100421", "+32470100422");
    }

    @Test
    void theOnlyRelayAndTheEdgeThatStartInThePlaceOfTheKilledOnesGoOnWithBothLegs() throws Exception {
        try (Phone phone = suite.phone()) {
            List<Bridge> bridges = List.of(bridge(phone, "+32470100431"), bridge(phone, "+32470100432"));
            suite.suite().process(EDGE).kill();
            suite.suite().process(RELAY).kill();
            suite.suite().restart(RELAY);
            suite.suite().restart(EDGE);
            for (Bridge bridge : bridges) {
                bridge.awaitBothHear();
            }
            bridges.getFirst().endedByCaller();
            bridges.getLast().endedByCallee();
        }
        assertNothingLeft();
    }

    @Test
    void whereNoRelayIsLeftAnEdgeThatStartsAgainSendsBothSidesByeAndNotSilence() throws Exception {
        try (Phone phone = suite.phone()) {
            List<Bridge> bridges = List.of(bridge(phone, "+32470100441"), bridge(phone, "+32470100442"));
            suite.suite().process(EDGE).kill();
            suite.suite().process(RELAY).kill();
            suite.suite().restart(EDGE);
            for (Bridge bridge : bridges) {
                assertThat(bridge.caller().awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
                assertThat(bridge.callee().awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
                assertThat(List.of(lastOf(bridge.parent()), lastOf(bridge.leg()))).contains(EndReason.RELAY_LOST)
                        .allMatch(reason -> reason == EndReason.RELAY_LOST || reason == EndReason.PARTNER_LEFT);
            }
        } finally {
            suite.suite().restart(RELAY);
        }
        assertNothingLeft();
    }

    private static EndReason lastOf(CallLog log) {
        EndReason reason = log.await(CallEnded.class).reason();
        log.assertEnded(reason);
        return reason;
    }

    private void assertNothingLeft() {
        Await.until(() -> "every place is free again: " + taken(), PATIENCE, () -> taken().isEmpty());
    }

    private Map<String, Double> taken() {
        Map<String, Double> taken = new TreeMap<>();
        taken.put("calls of the edge", suite.gauge(EDGE, "trunkline_edge_calls"));
        taken.put("calls of the relay", suite.gauge(RELAY, "trunkline_relay_calls"));
        taken.put("ports", suite.gauge(RELAY, "trunkline_relay_ports_used"));
        taken.put("slots", suite.gauge("rate-limiter", "trunkline_limiter_calls"));
        taken.put("watches", suite.gauge("agent-dispatcher", "trunkline_dispatcher_watching"));
        taken.put("rooms with somebody in them", (double) rooms.stream().filter(this::isOccupied).count());
        taken.values().removeIf(count -> count == 0);
        return taken;
    }

    private boolean isOccupied(String room) {
        try {
            return suite.rooms().occupied(room).contains(room);
        } catch (IOException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
