package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettlingCallTest {

    /** A settling state, the last event that the edge would publish for it, and the status that the caller received. */
    static Stream<Arguments> settling() {
        return Stream.of(
                Arguments.of(Given.late(), CallRejected.class, RefusalReason.DEADLINE.code()),
                Arguments.of(Given.givenUp(), CallEnded.class, EndReason.CANCELLED.code()));
    }

    @ParameterizedTest
    @MethodSource("settling")
    void saysItsLastEventWhenAllIsReadThatCouldHaveBeenDecided(
            CallState state, Class<? extends CallEvent> last, String outcome) {
        Seen asked = Seen.of(state, Given.expired(CallTimer.SETTLING));
        assertThat(asked.does(Effect.ReadToEnd.class)).isTrue();
        assertThat(asked.published()).isEmpty();
        assertSaid(Seen.of(asked.state(), new CallInput.ReadToEnd()), last, outcome);
    }

    @ParameterizedTest
    @MethodSource("settling")
    void leavesTheLastWordToWhoeverSaidItFirst(CallState state, Class<? extends CallEvent> last, String outcome) {
        for (CallInput another : new CallInput[] {
            Given.rejected(RefusalReason.NUMBER_BUSY), Given.endedBy("rate-limiter", EndReason.EDGE_LOST)
        }) {
            Seen seen = Seen.of(state, another);
            assertThat(seen.published()).isEmpty();
            assertThat(seen.each(Effect.Release.class)).containsExactly(new Effect.Release(outcome));
            assertThat(seen.state()).isInstanceOf(CallState.Ended.class);
            assertThat(Seen.of(seen.state(), new CallInput.ReadToEnd()).step().effects()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("settling")
    void freesTheSlotOfACallThatWasAdmittedInTheMeantime(
            CallState state, Class<? extends CallEvent> last, String outcome) {
        Seen admitted = Seen.of(state, Given.admitted(AnswerPolicy.IMMEDIATE));
        assertThat(admitted.statuses(Transaction.INVITE)).as("a final response stands").isEmpty();
        assertThat(admitted.published()).as("a relay may refuse it").isEmpty();
        assertThat(admitted.each(Effect.Start.class))
                .containsExactly(new Effect.Start(CallTimer.SETTLING, Given.TIMES.media()));
        assertSaid(Seen.of(admitted.state(), Given.mediaReady("relay-1", 0)), last, outcome);
        assertSaid(
                Seen.of(admitted.state(), Given.expired(CallTimer.SETTLING), new CallInput.ReadToEnd()), last, outcome);
        Seen refused = Seen.of(admitted.state(), Given.rejected(RefusalReason.NO_COMMON_CODEC));
        assertThat(refused.published()).isEmpty();
        assertThat(refused.state()).isInstanceOf(CallState.Ended.class);
    }

    @ParameterizedTest
    @MethodSource("settling")
    void saysAtOnceWhatNobodyElseCanSay(CallState state, Class<? extends CallEvent> last, String outcome) {
        assertSaid(Seen.of(state, Given.forwarded("sip:desk@pbx.example")), last, outcome);
        assertSaid(Seen.of(state, new CallInput.NotPublished()), last, outcome);
        assertSaid(Seen.of(state, new CallInput.Drain()), last, outcome);
    }

    @ParameterizedTest
    @MethodSource("settling")
    void answersWhatComesTooLate(CallState state, Class<? extends CallEvent> last, String outcome) {
        assertThat(Seen.of(state, new CallInput.Cancel()).statuses(Transaction.REQUEST)).containsExactly(200);
        assertThat(Seen.of(state, new CallInput.Bye(8)).statuses(Transaction.REQUEST)).containsExactly(481);
        assertThat(Seen.of(state, Given.reinvite(8, Given.OFFER)).statuses(Transaction.REQUEST)).containsExactly(481);
        assertThat(Seen.of(state, Given.endCall(EndReason.DRAINED), Given.heartbeat("relay-1")).state()).isEqualTo(state);
    }

    @ParameterizedTest
    @MethodSource("settling")
    void waitsForTheRelayToo(CallState state, Class<? extends CallEvent> last, String outcome) {
        // Everything published up to the deadline has been read, and the admission is among it.
        Seen seen = Seen.of(state, Given.expired(CallTimer.SETTLING), Given.admitted(AnswerPolicy.IMMEDIATE), new CallInput.ReadToEnd());
        assertThat(seen.published()).isEmpty();
        assertThat(seen.state()).isInstanceOf(CallState.Settling.class);
        // The same admission arrives again, which changes nothing.
        assertThat(Seen.of(seen.state(), Given.admitted(AnswerPolicy.IMMEDIATE)).step().effects()).isEmpty();
    }

    @Test
    void waitsUntilTheDeadlineAndASecond() {
        Seen cancelled = Seen.of(Given.deciding(), new CallInput.Cancel());
        assertThat(cancelled.each(Effect.Start.class))
                .containsExactly(new Effect.Start(CallTimer.SETTLING, Duration.ofSeconds(3)));
        assertThat(cancelled.stopped()).containsExactly(CallTimer.DEADLINE);
    }

    private static void assertSaid(Seen seen, Class<? extends CallEvent> last, String outcome) {
        assertThat(seen.published()).singleElement().isInstanceOf(last);
        assertThat(seen.each(Effect.Release.class)).containsExactly(new Effect.Release(outcome));
        assertThat(seen.state()).isInstanceOf(CallState.Ended.class);
    }
}
