package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whichever service dies, hangs or decides late: no call has two last events. */
class LastEventTest {

    private static final CallInput REFUSED = Given.rejected(RefusalReason.NO_COMMON_CODEC);
    private static final CallInput ENDED = Given.endedBy("media-relay", EndReason.LIVEKIT_LOST);
    private static final CallInput READY = Given.mediaReady("relay-1", 0);
    private static final CallInput ADMITTED = Given.admitted(AnswerPolicy.ON_AGENT);
    private static final CallInput SETTLED = Given.expired(CallTimer.SETTLING);
    private static final CallInput READ = new CallInput.ReadToEnd();

    /** A call's inputs in order, and the number of last events that the edge then publishes. */
    private record Case(String what, CallState from, int ours, CallInput... inputs) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Case> cases() {
        CallState deciding = Given.deciding();
        CallState ringing = Given.ringing(AnswerPolicy.ON_AGENT);
        CallState taken = Given.taken(AnswerPolicy.ON_AGENT);
        CallInput late = Given.expired(CallTimer.DEADLINE);
        CallInput cancel = new CallInput.Cancel();
        CallInput lost = new CallInput.RelayLost("relay-1", "silent");
        CallInput vain = new CallInput.AdmittedInVain(RefusalReason.NO_RELAY);
        CallInput bye = new CallInput.Bye(8);
        return Stream.of(
                // Cases of the router and the limiter.
                new Case("nobody decides", deciding, 1, late, SETTLED, READ),
                new Case("the router refuses late", deciding, 0, late, REFUSED, SETTLED, READ),
                new Case("the limiter refuses while all is read", deciding, 0, late, SETTLED, REFUSED, READ),
                new Case("the limiter admits late and no relay lives", deciding, 1, late, vain, SETTLED, READ),
                new Case("the limiter admits late and a relay takes it", deciding, 1, late, ADMITTED, READY, SETTLED, READ),
                new Case("the limiter admits late and a relay refuses it", deciding, 0, late, ADMITTED, REFUSED, SETTLED, READ),
                new Case("admitted while all is read, and a relay refuses it", deciding, 0, late, SETTLED, ADMITTED, READ, REFUSED),
                new Case("forwarded late", deciding, 1, late, Given.forwarded("sip:desk@pbx.example"), SETTLED, READ),
                new Case("cancelled, and refused", deciding, 0, cancel, REFUSED, SETTLED, READ),
                new Case("cancelled, and nobody decides", deciding, 1, cancel, late, SETTLED, READ),
                new Case("a command ends it, and the limiter refuses", deciding, 0, Given.endCall(EndReason.REQUESTED), REFUSED, READ),
                new Case("its Expires is over, and the limiter refuses", deciding, 0, Given.expired(CallTimer.EXPIRES), REFUSED, READ),
                new Case("Kafka did not take the INVITE", deciding, 1, new CallInput.NotPublished(), late, SETTLED, READ),
                new Case("late, and Kafka did not take the INVITE", deciding, 1, late, new CallInput.NotPublished(), SETTLED, READ),
                new Case("Kafka is away, so that nothing is read to its end", deciding, 0, late, SETTLED),
                new Case("Kafka is back with a refusal", deciding, 0, late, SETTLED, REFUSED, READ),
                new Case("late, and the edge shuts down", deciding, 1, late, new CallInput.Drain(), SETTLED, READ),
                // Cases of the relay, before it has taken the call.
                new Case("no relay lives", deciding, 1, vain, SETTLED, READ),
                new Case("no relay lives, and one takes it all the same", deciding, 1, vain, READY, SETTLED, READ),
                new Case("no relay lives, and one refuses it all the same", deciding, 0, vain, REFUSED, SETTLED, READ),
                new Case("no relay takes it", ringing, 1, Given.expired(CallTimer.MEDIA), SETTLED, READ),
                new Case("no relay takes it in time, and then one refuses it", ringing, 0, Given.expired(CallTimer.MEDIA), REFUSED, READ),
                new Case("no relay takes it in time, and then one does", ringing, 1, Given.expired(CallTimer.MEDIA), READY, SETTLED, READ),
                new Case("cancelled while a relay refuses it", ringing, 0, cancel, REFUSED, SETTLED, READ),
                new Case("cancelled while a relay takes it", ringing, 1, cancel, READY, ENDED, SETTLED, READ),
                new Case("a command ends it while a relay refuses it", ringing, 0, Given.endCall(EndReason.REQUESTED), REFUSED, READ),
                new Case("no agent, while a relay refuses it", ringing, 0, Given.agentUnavailable(), REFUSED, SETTLED, READ),
                new Case("the relay ends it by itself after the edge was asked", ringing, 0, Given.endCall(EndReason.REQUESTED), ENDED, READ),
                // Cases of the relay and the dispatcher, after a relay has taken the call.
                new Case("its relay dies while it rings", taken, 1, lost, Given.expired(CallTimer.HEARTBEAT), lost, ENDED),
                new Case("its relay misses the call's heartbeat, and is lost", taken, 1, Given.expired(CallTimer.HEARTBEAT), lost),
                new Case("another relay is lost", taken, 0, new CallInput.RelayLost("relay-2", "silent")),
                new Case("the relay ended it by itself, and is lost", taken, 0, ENDED, lost),
                new Case("the dispatcher is frozen, and back", taken, 1, Given.expired(CallTimer.PATIENCE), Given.agentUnavailable()),
                new Case("the dispatcher speaks, and patience is over", taken, 1, Given.agentUnavailable(), Given.expired(CallTimer.PATIENCE)),
                new Case("it rings too long, and the dispatcher speaks", taken, 1, Given.expired(CallTimer.RINGING), Given.agentUnavailable()),
                // Cases of answered calls.
                new Case("BYE, and a relay that is lost", Given.up(), 1, bye, lost, ENDED),
                new Case("BYE twice", Given.up(), 1, bye, new CallInput.Bye(9)),
                new Case("its relay is lost, and the caller's BYE", Given.up(), 1, lost, bye),
                new Case("its relay is lost during a re-INVITE", Given.pending(), 1, lost, Given.expired(CallTimer.OFFER), bye),
                new Case("its relay is lost before the ACK", Given.answered(), 1, lost, Given.expired(CallTimer.ACK)),
                new Case("the relay asks for the end, and says it itself", Given.up(), 1, Given.endCall(EndReason.ROOM_CLOSED), ENDED),
                new Case("the relay said it itself, and asked before", Given.up(), 0, ENDED, Given.endCall(EndReason.ROOM_CLOSED)),
                new Case("the limiter's lease ran out", Given.up(), 0, Given.endedBy("rate-limiter", EndReason.EDGE_LOST), bye),
                new Case("nobody comes, and the dispatcher says so late", Given.up(), 1, Given.expired(CallTimer.PATIENCE), Given.agentUnavailable()),
                new Case("no ACK, and the relay is lost", Given.answered(), 1, Given.expired(CallTimer.ACK), lost),
                new Case("the session expires, and BYE", Given.up(), 1, Given.expired(CallTimer.SESSION), bye));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isSaidOnce(Case situation) {
        assertThat(lastEvents(situation.from, List.of(situation.inputs))).hasSize(situation.ours);
    }

    /**
     * Any of these inputs may follow any other in any state. We never publish a last event after a refusal or an end by another service.
     */
    private static Map<String, CallInput> anything() {
        var all = new LinkedHashMap<String, CallInput>();
        all.put("refused", REFUSED);
        all.put("ended", ENDED);
        all.put("ready", READY);
        all.put("admitted", ADMITTED);
        all.put("in vain", new CallInput.AdmittedInVain(RefusalReason.SUITE_FULL));
        all.put("forwarded", Given.forwarded("sip:desk@pbx.example"));
        all.put("agent", Given.agentJoined());
        all.put("no agent", Given.agentUnavailable());
        all.put("command", Given.endCall(EndReason.REQUESTED));
        all.put("relay lost", new CallInput.RelayLost("relay-1", "silent"));
        all.put("cancel", new CallInput.Cancel());
        all.put("bye", new CallInput.Bye(8));
        all.put("drain", new CallInput.Drain());
        all.put("not published", new CallInput.NotPublished());
        all.put("read", READ);
        for (CallTimer timer : CallTimer.values()) {
            all.put(timer.name(), Given.expired(timer));
        }
        return all;
    }

    private static Stream<Arguments> states() {
        return Stream.of(
                Arguments.of("deciding", Given.deciding()),
                Arguments.of("late", Given.late()),
                Arguments.of("given up", Given.givenUp()),
                Arguments.of("ringing", Given.ringing(AnswerPolicy.ON_AGENT)),
                Arguments.of("taken", Given.taken(AnswerPolicy.ON_AGENT)),
                Arguments.of("answered", Given.answered()),
                Arguments.of("up", Given.up()),
                Arguments.of("pending", Given.pending()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void isSaidOnceInAnyOrderOfThreeThings(String name, CallState from) {
        anything().forEach((first, a) -> anything().forEach((second, b) -> anything().forEach((third, c) -> {
            List<CallEvent> said = lastEvents(from, List.of(a, b, c));
            String order = first + ", " + second + ", " + third;
            assertThat(said.size()).as(order).isLessThanOrEqualTo(1);
            if (isAnothers(a)) {
                assertThat(said).as(order).isEmpty();
            }
        })));
    }

    private static boolean isAnothers(CallInput input) {
        return input == REFUSED || input == ENDED;
    }

    @Test
    void aFaultAfterTheEndSaysNothingMore() {
        states().forEach(state -> {
            Step end = Given.MACHINE.giveUp((CallState) state.get()[1]);
            assertThat(end.effects().stream().filter(LastEventTest::isLast)).as((String) state.get()[0]).hasSize(1);
            assertThat(Given.MACHINE.giveUp(end.next()).effects().stream().filter(LastEventTest::isLast)).isEmpty();
        });
    }

    private static List<CallEvent> lastEvents(CallState from, List<CallInput> inputs) {
        var said = new ArrayList<CallEvent>();
        CallState state = from;
        for (CallInput input : inputs) {
            Step step = Given.MACHINE.on(state, input);
            step.effects().stream()
                    .filter(LastEventTest::isLast)
                    .map(effect -> ((Effect.Publish) effect).event())
                    .forEach(said::add);
            state = step.next();
        }
        return said;
    }

    private static boolean isLast(Effect effect) {
        return effect instanceof Effect.Publish publish && publish.event().isLast();
    }

    @Test
    void theCallerHearsOfItAtOnceWhoeverHasTheLastWord() {
        CallState ringing = Given.ringing(AnswerPolicy.ON_AGENT);
        assertThat(Seen.of(ringing, new CallInput.Cancel()).statuses(Transaction.INVITE)).containsExactly(487);
        assertThat(Seen.of(ringing, Given.expired(CallTimer.MEDIA)).statuses(Transaction.INVITE)).containsExactly(503);
        Seen vain = Seen.of(Given.deciding(), new CallInput.AdmittedInVain(RefusalReason.NO_RELAY));
        assertThat(vain.statuses(Transaction.INVITE)).containsExactly(503);
        assertThat(vain.header(Transaction.INVITE, "Retry-After")).isEqualTo("5");
        assertThat(vain.header(Transaction.INVITE, "Reason")).contains("no-relay");
        assertThat(vain.stopped()).contains(CallTimer.DEADLINE);
    }

    /** The same holds for a call with an Expires header; its timer may still be running. */
    @Test
    void anExpiresThatIsOverLaterChangesNothing() {
        CallState expiring = Given.MACHINE.begin(new CallFacts(Given.INVITE, Given.DIALOG, 7, TimerHeaders.NONE, false,
                Optional.of(Given.NOW.plusSeconds(1)))).next();
        assertThat(lastEvents(expiring, List.of(ADMITTED, READY, new CallInput.Cancel(), Given.expired(CallTimer.EXPIRES))))
                .hasSize(1);
    }
}
