package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to a caller whom everybody has left. */
class AgentLeftTest {

    @ParameterizedTest
    @MethodSource("dev.trunkline.edge.call.LiveCallTest#live")
    void whenEverybodyHasLeftSomebodyIsAwaitedAsAtFirst(CallState state) {
        Seen left = Seen.of(state, Given.agentLeft(true, true));
        assertThat(left.step().effects()).containsExactly(new Effect.Start(CallTimer.PATIENCE, Duration.ofSeconds(30)));
        Seen again = Seen.of(left.state(), Given.agentJoined());
        assertThat(again.step().effects()).as("no second answer").containsExactly(new Effect.Stop(CallTimer.PATIENCE));
        Seen vain = Seen.of(left.state(), Given.expired(CallTimer.PATIENCE));
        assertThat(vain.published(CallEnded.class).reason()).isEqualTo(EndReason.AGENT_LEFT);
        Seen unnoticed = Seen.of(again.state(), Given.expired(CallTimer.PATIENCE));
        assertThat(unnoticed.published(CallEnded.class).reason()).as("somebody was there last").isEqualTo(EndReason.NO_AGENT);
    }

    @ParameterizedTest
    @MethodSource("dev.trunkline.edge.call.LiveCallTest#live")
    void whoIsNotAloneOrToWaitIsNotTimed(CallState state) {
        assertThat(Seen.of(state, Given.agentLeft(false, false)).step().effects()).isEmpty();
        assertThat(Seen.of(state, Given.agentLeft(true, false)).step().effects()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.trunkline.edge.call.LiveCallTest#live")
    void whomNobodyFollowsIsHungUpOnAndToldWhatWasNotDone(CallState state) {
        Seen seen = Seen.of(state, Given.agentLeft(true, true), Given.nobodyFollows());
        CallEnded ended = seen.published(CallEnded.class);
        assertThat(ended.reason()).isEqualTo(EndReason.AGENT_LEFT);
        assertThat(ended.detail()).contains("Nobody took the place", "refuse 603 is skipped", "refer sip:desk@pbx.example is skipped");
        assertThat(seen.sent().headers().toString()).contains("agent-left");
    }

    @Test
    void theRelayMayAskForTheEndOfACallWhoseAgentLeft() {
        Seen seen = Seen.of(Given.up(), Given.endCall(EndReason.AGENT_LEFT));
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.AGENT_LEFT);
        assertThat(seen.sent().headers().toString()).contains("SIP;cause=480;text=\"agent-left\"");
    }

    @Test
    void whoLeftBeforeTheAnswerDoesNotAnswerAndIsAwaitedAgain() {
        CallState joined = Seen.of(Given.ringing(AnswerPolicy.ON_AGENT), Given.agentJoined()).state();
        Seen left = Seen.of(joined, Given.agentLeft(true, true));
        assertThat(left.step().effects()).containsExactly(new Effect.Start(CallTimer.PATIENCE, Duration.ofSeconds(30)));
        Seen ready = Seen.of(left.state(), Given.mediaReady("relay-1", 0));
        assertThat(ready.statuses(Transaction.INVITE)).as("nobody would hear the caller").isEmpty();
        assertThat(Seen.of(ready.state(), Given.agentJoined()).statuses(Transaction.INVITE)).containsExactly(200);
        assertThat(Seen.of(ready.state(), Given.expired(CallTimer.PATIENCE)).published(CallRejected.class).reason())
                .isEqualTo(RefusalReason.NO_AGENT);
    }

    @Test
    void whoLeftAndWasNeverThereChangesNothingBeforeTheAnswer() {
        assertThat(Seen.of(Given.ringing(AnswerPolicy.ON_AGENT), Given.agentLeft(true, true)).step().effects()).isEmpty();
        assertThat(Seen.of(Given.deciding(), Given.agentLeft(true, true)).step().effects()).isEmpty();
    }
}
