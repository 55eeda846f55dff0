package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.RoomEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** No service reports what became of the agent: the dispatcher is gone. */
class PatienceTest {
    private static final Fallback AGENT = new Fallback(FallbackKind.AGENT, "second", "", 5);
    private static final Fallback AGENT_AS_LONG = new Fallback(FallbackKind.AGENT, "third", "", 0);
    private static final Fallback FORWARD = new Fallback(FallbackKind.FORWARD, "sip:helpdesk@pbx.example", "", 0);
    private static final Fallback REFUSE = new Fallback(FallbackKind.REFUSE, "486", "", 0);

    private static CallRouted route(AnswerPolicy policy, boolean pin, Fallback... fallback) {
        CallRouted plain = ((CallAdmitted) ((CallInput.Told) Given.admitted(policy)).envelope().record()).route();
        return new CallRouted.Builder(plain.callId(), plain.invite(), plain.organisation(), plain.number(), plain.rule(), plain.room())
                .agents(List.of(new Agent("first", "")))
                .config(plain.config())
                .limits(plain.limits())
                .answerPolicy(policy)
                .patienceSeconds(plain.patienceSeconds())
                .entry(pin ? Optional.of(new RoomEntry(false, false, Optional.of("v1.x"))) : Optional.empty())
                .fallback(List.of(fallback))
                .build();
    }

    private static CallInput admitted(AnswerPolicy policy, Fallback... fallback) {
        return Given.told(new CallAdmitted(Given.CALL, route(policy, false, fallback), List.of(), 30));
    }

    private static Seen over(AnswerPolicy policy, Fallback... fallback) {
        return Seen.of(Given.deciding(), admitted(policy, fallback), Given.mediaReady("relay-1", 0),
                Given.expired(CallTimer.PATIENCE));
    }

    @Test
    void isTheRulesAndThatOfItsFallbacksAgents() {
        assertThat(Patience.of(route(AnswerPolicy.ON_AGENT, false)).whole()).isEqualTo(Duration.ofSeconds(20));
        Patience whole = Patience.of(route(AnswerPolicy.ON_AGENT, false, AGENT, AGENT_AS_LONG, FORWARD, AGENT));
        assertThat(whole.whole()).isEqualTo(Duration.ofSeconds(20 + 5 + 20));
        assertThat(whole.agents()).containsExactly("first", "second", "third");
        assertThat(whole.left()).containsExactly(FORWARD, AGENT);
        assertThat(Patience.of(route(AnswerPolicy.ON_AGENT, true)).whole()).as("and time for a PIN").isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void runsFromTheAdmissionWithAMargin() {
        Seen seen = Seen.of(Given.deciding(), admitted(AnswerPolicy.ON_AGENT, AGENT));
        assertThat(seen.each(Effect.Start.class)).contains(new Effect.Start(CallTimer.PATIENCE, Duration.ofSeconds(35)));
    }

    @Test
    void beforeTheAnswerTheFallbackIsCarriedOutAsIfTheDispatcherHadSpoken() {
        assertThat(over(AnswerPolicy.ON_AGENT).statuses(Transaction.INVITE)).containsExactly(480);
        assertThat(over(AnswerPolicy.ON_AGENT, AGENT, REFUSE).statuses(Transaction.INVITE)).containsExactly(486);
        assertThat(over(AnswerPolicy.ON_AGENT, REFUSE).published(CallRejected.class).trace())
                .extracting("detail").containsExactly(Patience.WHY, "refused with status 486");
    }

    @Test
    void beforeTheAnswerTheRelayHearsWhatTheDispatcherDidNotSay() {
        Seen forwarded = over(AnswerPolicy.ON_AGENT, AGENT, FORWARD, REFUSE);
        assertThat(forwarded.statuses(Transaction.INVITE)).isEmpty();
        AgentUnavailable none = forwarded.published(AgentUnavailable.class);
        assertThat(none.fallback()).containsExactly(FORWARD, REFUSE);
        assertThat(none.agents()).containsExactly("first", "second");
        assertThat(forwarded.each(Effect.Start.class)).containsExactly(new Effect.Start(CallTimer.PATIENCE, Duration.ofSeconds(20 + 5 + 10)));
        Seen late = Seen.of(forwarded.state(), Given.told(none));
        assertThat(late.step().effects()).as("it counts once").isEmpty();
    }

    @Test
    void afterAnAnswerAtOnceItsEndIsABye() {
        Seen seen = over(AnswerPolicy.IMMEDIATE);
        assertThat(seen.sent().method()).isEqualTo("BYE");
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.NO_AGENT);
    }

    @Test
    void isOverForGoodWhenSomebodyComes() {
        for (CallState state : List.of(
                Given.ringing(AnswerPolicy.ON_AGENT), Given.taken(AnswerPolicy.ON_AGENT), Given.answered(), Given.up(), Given.pending())) {
            assertThat(Seen.of(state, Given.agentJoined()).stopped()).as(state.toString()).contains(CallTimer.PATIENCE);
        }
    }

    @Test
    void aCallThatIsTakenUpHasWhatIsLeftOfItAndTheMargin() {
        var session = ((CallState.Up) Given.up()).session();
        CallRouted route = route(AnswerPolicy.IMMEDIATE, false);
        assertThat(new Seen(Given.MACHINE.resume(session, route, Given.NOW.minusSeconds(15))).each(Effect.Start.class))
                .contains(new Effect.Start(CallTimer.PATIENCE, Duration.ofSeconds(5 + 10)));
        assertThat(new Seen(Given.MACHINE.resume(session, route, Given.NOW.minusSeconds(600))).each(Effect.Start.class))
                .contains(new Effect.Start(CallTimer.PATIENCE, Duration.ofSeconds(10)));
        var none = new AgentUnavailable(Given.CALL, List.of("first"), 20, "Nobody came.", List.of(FORWARD));
        assertThat(new Seen(Given.MACHINE.resume(session, none, Given.NOW.minusSeconds(15))).each(Effect.Start.class))
                .as("of what the relay carries out").contains(new Effect.Start(CallTimer.PATIENCE, Duration.ofSeconds(20 + 5 - 15 + 10)));
        assertThat(new Seen(Given.MACHINE.resume(session)).started()).doesNotContain(CallTimer.PATIENCE);
    }
}
