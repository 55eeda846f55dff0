package dev.trunkline.dispatcher.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.Agent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentWatchTest {
    private static final Agent DEMO = new Agent("demo", "{}");
    private static final Agent SCRIBE = new Agent("scribe", "");
    private static final Effect.Settle SETTLE = new Effect.Settle();
    private static final Effect.Forget FORGET = new Effect.Forget();

    private AgentWatch watch;

    private List<Effect> begin(Agent... agents) {
        return take(AgentWatch.begin(List.of(agents), 10, true));
    }

    private List<Effect> on(Input input) {
        return take(watch.on(input));
    }

    private List<Effect> take(AgentWatch.Step step) {
        watch = step.watch();
        return step.effects();
    }

    private static String why(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.TellUnavailable.class::isInstance)
                .map(effect -> ((Effect.TellUnavailable) effect).why())
                .findFirst()
                .orElse("nothing told");
    }

    @Test
    void asksForEachAgentAtOnce() {
        assertThat(begin(DEMO, SCRIBE)).containsExactly(new Effect.Ask(0), new Effect.Ask(1));
        assertThat(watch.waiting()).isTrue();
    }

    @Test
    void tellsWhatLiveKitTook() {
        begin(DEMO);
        assertThat(on(new Input.Dispatched(0, "AD_1"))).containsExactly(new Effect.TellDispatched(0, "AD_1"));
        assertThat(watch.dispatchId()).contains("AD_1");
    }

    @Test
    void settlesWhenSomebodyJoinsAndWatchesOnUntilTheEnd() {
        begin(DEMO);
        on(new Input.Dispatched(0, "AD_1"));
        assertThat(on(new Input.SomebodyJoined())).containsExactly(SETTLE);
        assertThat(on(new Input.SomebodyJoined())).isEmpty();
        assertThat(on(new Input.PatienceOver())).isEmpty();
        assertThat(on(new Input.CallOver())).containsExactly(new Effect.Withdraw("AD_1"), FORGET);
    }

    @Test
    void whoeverJoinsBeforeLiveKitAnsweredCounts() {
        begin(DEMO);
        assertThat(on(new Input.SomebodyJoined())).containsExactly(SETTLE);
        assertThat(on(new Input.Dispatched(0, "AD_1"))).containsExactly(new Effect.TellDispatched(0, "AD_1"));
    }

    @Test
    void tellsThatNobodyCame() {
        begin(DEMO);
        on(new Input.Dispatched(0, "AD_1"));
        List<Effect> effects = on(new Input.PatienceOver());
        assertThat(effects).containsExactly(
                new Effect.TellUnavailable("LiveKit took the dispatch of demo; nobody joined within 10 s."),
                new Effect.Withdraw("AD_1"),
                SETTLE,
                FORGET);
        assertThat(on(new Input.CallOver())).isEmpty();
        assertThat(on(new Input.PatienceOver())).isEmpty();
    }

    @Test
    void aRouteWithoutAgentsWaitsForSomebodyAllTheSame() {
        assertThat(begin()).isEmpty();
        assertThat(why(on(new Input.PatienceOver())))
                .isEqualTo("The route names no agent, and nobody joined within 10 s.");
    }

    @Test
    void asksAgainAfterLongerAndLongerPauses() {
        begin(DEMO);
        List<Duration> pauses = new ArrayList<>();
        for (int failure = 0; failure < 6; failure++) {
            Effect.Retry retry = (Effect.Retry) on(new Input.Refused(0, "no answer", false)).getFirst();
            pauses.add(retry.after());
            assertThat(on(new Input.RetryDue(0))).containsExactly(new Effect.Ask(0));
        }
        assertThat(pauses).extracting(Duration::toMillis).containsExactly(250L, 500L, 1000L, 2000L, 2000L, 2000L);
    }

    @Test
    void aFailureOfLiveKitEndsInWords() {
        begin(DEMO);
        on(new Input.Refused(0, "LiveKit does not answer at http://127.0.0.1:1", false));
        List<Effect> effects = on(new Input.PatienceOver());
        assertThat(why(effects)).isEqualTo("LiveKit did not take the dispatch of demo "
                + "(LiveKit does not answer at http://127.0.0.1:1); nobody joined within 10 s.");
        assertThat(effects).contains(SETTLE).doesNotContain(FORGET);
        assertThat(on(new Input.RetryDue(0))).containsExactly(FORGET);
    }

    @Test
    void aRefusalForGoodDoesNotWaitForPatience() {
        begin(DEMO);
        List<Effect> effects = on(new Input.Refused(0, "401 unauthenticated: invalid key", true));
        assertThat(effects).containsExactly(
                new Effect.TellUnavailable(
                        "LiveKit refused the dispatch of demo (401 unauthenticated: invalid key)."),
                SETTLE,
                FORGET);
    }

    @Test
    void oneRefusalOfTwoIsNoReasonToGiveUp() {
        begin(DEMO, SCRIBE);
        assertThat(on(new Input.Refused(0, "no", true))).isEmpty();
        on(new Input.Dispatched(1, "AD_2"));
        assertThat(why(on(new Input.PatienceOver()))).isEqualTo("LiveKit refused the dispatch of demo (no); "
                + "LiveKit took the dispatch of scribe; nobody joined within 10 s.");
    }

    @Test
    void aCallThatEndsFirstIsNotTold() {
        begin(DEMO);
        on(new Input.Dispatched(0, "AD_1"));
        assertThat(on(new Input.CallOver())).containsExactly(new Effect.Withdraw("AD_1"), SETTLE, FORGET);
    }

    @Test
    void aDispatchThatComesAfterTheEndIsWithdrawn() {
        begin(DEMO);
        assertThat(on(new Input.CallOver())).containsExactly(SETTLE);
        assertThat(on(new Input.Dispatched(0, "AD_1"))).containsExactly(new Effect.Withdraw("AD_1"), FORGET);
    }

    @Test
    void aRefusalAfterTheEndIsTheEndOfIt() {
        begin(DEMO);
        on(new Input.CallOver());
        assertThat(on(new Input.Refused(0, "no", false))).containsExactly(FORGET);
    }

    @Test
    void afterAPersonJoinedTheAgentIsStillAskedForWithinThePatience() {
        begin(DEMO);
        on(new Input.Refused(0, "no answer", false));
        on(new Input.SomebodyJoined());
        assertThat(on(new Input.RetryDue(0))).containsExactly(new Effect.Ask(0));
        on(new Input.PatienceOver());
        assertThat(on(new Input.Refused(0, "no answer", false))).isEmpty();
        assertThat(on(new Input.CallOver())).containsExactly(FORGET);
    }

    @Test
    void nobodyIsAskedWhenPatienceWasOverBefore() {
        assertThat(take(AgentWatch.begin(List.of(DEMO), 10, false))).isEmpty();
        assertThat(on(new Input.SomebodyJoined())).containsExactly(SETTLE);
        take(AgentWatch.begin(List.of(DEMO), 10, false));
        assertThat(why(on(new Input.PatienceOver()))).contains("it was too late to ask");
    }
}
