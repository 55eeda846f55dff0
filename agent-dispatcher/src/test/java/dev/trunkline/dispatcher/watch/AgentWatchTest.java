package dev.trunkline.dispatcher.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.dispatcher.watch.Plan.Round;
import dev.trunkline.events.Agent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentWatchTest {
    private static final Agent DEMO = new Agent("demo", "{}");
    private static final Agent SCRIBE = new Agent("scribe", "");
    private static final Agent HELPER = new Agent("helper", "{}");
    private static final Effect.Settle SETTLE = new Effect.Settle();
    private static final Effect.Forget FORGET = new Effect.Forget();

    private AgentWatch watch;

    private List<Effect> begin(Agent... agents) {
        return take(AgentWatch.begin(plan(List.of(new Round(List.of(agents), 10))), Duration.ZERO));
    }

    private static Plan plan(List<Round> rounds) {
        return new Plan(rounds, List.of(), false, false, false);
    }

    /** DEMO has 10 s, then HELPER has 5 s. */
    private static final Plan WITH_FALLBACK =
            plan(List.of(new Round(List.of(DEMO), 10), new Round(List.of(HELPER), 5)));

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

    private static Effect told(int seat, String dispatchId, int attempt) {
        return new Effect.TellDispatched(seat, dispatchId, attempt);
    }

    private static Effect look(int seat, String dispatchId) {
        return new Effect.LookLater(seat, dispatchId, Duration.ofSeconds(3));
    }

    @Test
    void whoWaitsInTheRoomAlreadyIsNotAskedForAndIsLookedAfterAsAnybody() {
        assertThat(take(AgentWatch.begin(plan(List.of(new Round(List.of(DEMO, SCRIBE), 10))), Duration.ZERO, List.of("AD_1", "AD_2"))))
                .containsExactly(
                        told(0, "AD_1", 1), look(0, "AD_1"), told(1, "AD_2", 1), look(1, "AD_2"),
                        new Effect.Wait(0, Duration.ofSeconds(10)));
        assertThat(watch.dispatches()).containsExactly("AD_1", "AD_2");
        assertThat(on(new Input.SomebodyJoined())).containsExactly(SETTLE);
        assertThat(on(new Input.CallOver())).containsExactly(new Effect.Withdraw("AD_1"), new Effect.Withdraw("AD_2"), FORGET);
    }

    @Test
    void afterTheFirstRoundsPatienceThoseOfTheFirstRoundWhoWaitedAreOfNoUse() {
        assertThat(take(AgentWatch.begin(WITH_FALLBACK, Duration.ofSeconds(12), List.of("AD_1"))))
                .contains(new Effect.Ask(1)).noneMatch(Effect.TellDispatched.class::isInstance);
    }

    @Test
    void asksForEachAgentAtOnce() {
        assertThat(begin(DEMO, SCRIBE)).containsExactly(
                new Effect.Ask(0), new Effect.Ask(1), new Effect.Wait(0, Duration.ofSeconds(10)));
        assertThat(watch.waiting()).isTrue();
    }

    @Test
    void tellsWhatLiveKitTook() {
        begin(DEMO);
        assertThat(on(new Input.Dispatched(0, "AD_1"))).containsExactly(told(0, "AD_1", 1), look(0, "AD_1"));
        assertThat(watch.dispatchId()).contains("AD_1");
    }

    @Test
    void settlesWhenSomebodyJoinsAndWatchesOnUntilTheEnd() {
        begin(DEMO);
        on(new Input.Dispatched(0, "AD_1"));
        assertThat(on(new Input.SomebodyJoined())).containsExactly(SETTLE);
        assertThat(on(new Input.SomebodyJoined())).isEmpty();
        assertThat(on(new Input.PatienceOver(0))).isEmpty();
        assertThat(on(new Input.CallOver())).containsExactly(new Effect.Withdraw("AD_1"), FORGET);
    }

    @Test
    void whoeverJoinsBeforeLiveKitAnsweredCounts() {
        begin(DEMO);
        assertThat(on(new Input.SomebodyJoined())).containsExactly(SETTLE);
        assertThat(on(new Input.Dispatched(0, "AD_1"))).containsExactly(told(0, "AD_1", 1), look(0, "AD_1"));
    }

    @Test
    void tellsThatNobodyCame() {
        begin(DEMO);
        on(new Input.Dispatched(0, "AD_1"));
        List<Effect> effects = on(new Input.PatienceOver(0));
        assertThat(effects).containsExactly(
                new Effect.TellUnavailable(
                        List.of("demo"), 10, "LiveKit took the dispatch of demo; nobody joined within 10 s."),
                new Effect.Withdraw("AD_1"),
                SETTLE,
                FORGET);
        assertThat(on(new Input.CallOver())).isEmpty();
        assertThat(on(new Input.PatienceOver(0))).isEmpty();
    }

    @Test
    void aRouteWithoutAgentsWaitsForSomebodyAllTheSame() {
        assertThat(begin()).containsExactly(new Effect.Wait(0, Duration.ofSeconds(10)));
        assertThat(why(on(new Input.PatienceOver(0))))
                .isEqualTo("A person in the room was to answer, and nobody joined within 10 s.");
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
        List<Effect> effects = on(new Input.PatienceOver(0));
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
                        List.of("demo"), 0, "LiveKit refused the dispatch of demo (401 unauthenticated: invalid key)."),
                SETTLE,
                FORGET);
    }

    @Test
    void oneRefusalOfTwoIsNoReasonToGiveUp() {
        begin(DEMO, SCRIBE);
        assertThat(on(new Input.Refused(0, "no", true))).isEmpty();
        on(new Input.Dispatched(1, "AD_2"));
        assertThat(why(on(new Input.PatienceOver(0)))).isEqualTo("LiveKit refused the dispatch of demo (no); "
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
        on(new Input.PatienceOver(0));
        assertThat(on(new Input.Refused(0, "no answer", false))).isEmpty();
        assertThat(on(new Input.CallOver())).containsExactly(FORGET);
    }

    @Test
    void nobodyIsAskedWhenPatienceWasOverBefore() {
        Plan plan = plan(List.of(new Round(List.of(DEMO), 10)));
        assertThat(take(AgentWatch.begin(plan, Duration.ofSeconds(10))))
                .containsExactly(new Effect.Wait(0, Duration.ofSeconds(2)));
        assertThat(on(new Input.SomebodyJoined())).containsExactly(SETTLE);
        take(AgentWatch.begin(plan, Duration.ofSeconds(11)));
        assertThat(why(on(new Input.PatienceOver(0)))).contains("it was too late to ask");
    }

    @Test
    void theNextAgentIsAskedWhenNobodyCame() {
        take(AgentWatch.begin(WITH_FALLBACK, Duration.ZERO));
        on(new Input.Dispatched(0, "AD_1"));
        assertThat(on(new Input.PatienceOver(0))).containsExactly(
                new Effect.Withdraw("AD_1"), new Effect.Ask(1), new Effect.Wait(1, Duration.ofSeconds(5)));
        assertThat(on(new Input.Dispatched(1, "AD_2"))).containsExactly(told(1, "AD_2", 1), look(1, "AD_2"));
        assertThat(watch.dispatchId()).contains("AD_2");
        assertThat(on(new Input.PatienceOver(0))).isEmpty();
        assertThat(on(new Input.SomebodyJoined())).containsExactly(SETTLE);
        assertThat(on(new Input.CallOver())).containsExactly(new Effect.Withdraw("AD_2"), FORGET);
    }

    @Test
    void whenTheNextDoesNotComeEitherBothAreTold() {
        take(AgentWatch.begin(WITH_FALLBACK, Duration.ZERO));
        on(new Input.Dispatched(0, "AD_1"));
        on(new Input.PatienceOver(0));
        on(new Input.Dispatched(1, "AD_2"));
        assertThat(on(new Input.PatienceOver(1))).containsExactly(
                new Effect.TellUnavailable(
                        List.of("demo", "helper"), 15,
                        "LiveKit took the dispatch of demo; nobody joined within 10 s; then LiveKit took the dispatch of"
                                + " helper; nobody joined within 5 s."),
                new Effect.Withdraw("AD_2"), SETTLE, FORGET);
    }

    @Test
    void aRefusalForGoodLeadsToTheNextAtOnce() {
        take(AgentWatch.begin(WITH_FALLBACK, Duration.ZERO));
        assertThat(on(new Input.Refused(0, "no", true)))
                .containsExactly(new Effect.Ask(1), new Effect.Wait(1, Duration.ofSeconds(5)));
        on(new Input.Refused(1, "neither", true));
        assertThat(watch.waiting()).isFalse();
    }

    @Test
    void aDispatchThatComesAfterItsRoundIsWithdrawn() {
        take(AgentWatch.begin(WITH_FALLBACK, Duration.ZERO));
        on(new Input.PatienceOver(0));
        assertThat(on(new Input.Dispatched(0, "AD_1"))).containsExactly(new Effect.Withdraw("AD_1"));
        assertThat(on(new Input.CallOver())).containsExactly(SETTLE);
        assertThat(on(new Input.Dispatched(1, "AD_2"))).containsExactly(new Effect.Withdraw("AD_2"), FORGET);
    }

    @Test
    void anEarlierRoundsRetryIsGivenUp() {
        take(AgentWatch.begin(WITH_FALLBACK, Duration.ZERO));
        on(new Input.Refused(0, "no answer", false));
        on(new Input.PatienceOver(0));
        assertThat(on(new Input.RetryDue(0))).isEmpty();
        assertThat(watch.waiting()).isTrue();
    }

    @Test
    void aWatchThatIsTakenUpLateBeginsWithTheRoundThatItIsTimeFor() {
        assertThat(take(AgentWatch.begin(WITH_FALLBACK, Duration.ofSeconds(12)))).containsExactly(
                new Effect.Recall(0), new Effect.Ask(1), new Effect.Wait(1, Duration.ofSeconds(3)));
        assertThat(take(AgentWatch.begin(WITH_FALLBACK, Duration.ofSeconds(16))))
                .containsExactly(new Effect.Recall(0), new Effect.Wait(1, Duration.ofSeconds(2)));
        assertThat(on(new Input.PatienceOver(1))).first()
                .isInstanceOfSatisfying(Effect.TellUnavailable.class, none -> assertThat(none.waitedSeconds()).isEqualTo(15));
    }

    private static Plan withPin() {
        return new Plan(List.of(new Round(List.of(DEMO), 10)), List.of(), true, false, false);
    }

    @Test
    void nobodyIsAskedBeforeThePinAndPatienceBeginsAfterIt() {
        assertThat(take(AgentWatch.begin(withPin(), Duration.ofSeconds(30)))).isEmpty();
        assertThat(watch.waiting()).isTrue();
        assertThat(on(new Input.CallerIn()))
                .containsExactly(new Effect.Ask(0), new Effect.Wait(0, Duration.ofSeconds(10)));
        assertThat(on(new Input.CallerIn())).isEmpty();
    }

    @Test
    void aCallThatEndsBeforeThePinAsksForNobody() {
        take(AgentWatch.begin(withPin(), Duration.ZERO));
        assertThat(on(new Input.CallOver())).containsExactly(SETTLE, FORGET);
        assertThat(on(new Input.CallerIn())).isEmpty();
    }

    @Test
    void somebodyWhoListensShowsThatTheCallerIsIn() {
        take(AgentWatch.begin(withPin(), Duration.ZERO));
        assertThat(on(new Input.SomebodyJoined()))
                .containsExactly(new Effect.Ask(0), new Effect.Wait(0, Duration.ofSeconds(10)), SETTLE);
    }

    @Test
    void aCallerWhoIsInMattersOnlyAfterAPin() {
        begin(DEMO);
        assertThat(on(new Input.CallerIn())).isEmpty();
    }
}
