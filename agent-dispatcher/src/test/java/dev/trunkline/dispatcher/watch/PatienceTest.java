package dev.trunkline.dispatcher.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.dispatcher.watch.Plan.Round;
import dev.trunkline.events.Agent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a dispatch while the patience lasts, when it is replaced, and when it is left alone. */
class PatienceTest {
    private static final Agent DEMO = new Agent("demo", "{}");
    private static final Agent HELPER = new Agent("helper", "{}");
    private static final Effect.Settle SETTLE = new Effect.Settle();
    private static final Effect.Forget FORGET = new Effect.Forget();
    private static final Whereabouts NO_JOB = new Whereabouts.NoJob();
    private static final Whereabouts ON_THE_WAY = new Whereabouts.OnTheWay();
    private static final Whereabouts IN_ROOM = new Whereabouts.InRoom();
    private static final Plan ONE = plan(new Round(List.of(DEMO), 30));
    private static final Plan NAMELESS = plan(new Round(List.of(Plan.NAMELESS), 30));

    private AgentWatch watch;

    private static Plan plan(Round... rounds) {
        return new Plan(List.of(rounds), List.of(), false, false, false);
    }

    private List<Effect> begin(Plan plan) {
        return take(AgentWatch.begin(plan, Duration.ZERO));
    }

    private List<Effect> on(Input input) {
        return take(watch.on(input));
    }

    private List<Effect> take(AgentWatch.Step step) {
        watch = step.watch();
        return step.effects();
    }

    private List<Effect> found(String dispatchId, Whereabouts where) {
        assertThat(on(new Input.LookDue(0, dispatchId))).containsExactly(new Effect.Look(0, dispatchId));
        return on(new Input.Found(0, dispatchId, where));
    }

    private static Effect ask(int seat, String instead) {
        return new Effect.Ask(seat, Optional.of(instead));
    }

    private static Effect look(String dispatchId) {
        return new Effect.LookLater(0, dispatchId, Duration.ofSeconds(3));
    }

    /** Reports that there is certainly no job. */
    private List<Effect> noJob(String dispatchId) {
        assertThat(found(dispatchId, NO_JOB)).as("LiveKit may not have written it down").containsExactly(look(dispatchId));
        return found(dispatchId, NO_JOB);
    }

    private String why() {
        return on(new Input.PatienceOver(0)).stream()
                .filter(Effect.TellUnavailable.class::isInstance)
                .map(effect -> ((Effect.TellUnavailable) effect).why())
                .findFirst()
                .orElse("nothing told");
    }

    @Test
    void aDispatchThatNoWorkerTookIsReplacedOnceThatIsCertain() {
        begin(ONE);
        for (int attempt = 1; attempt <= 6; attempt++) {
            String id = "AD_" + attempt;
            assertThat(on(new Input.Dispatched(0, id)))
                    .containsExactly(new Effect.TellDispatched(0, id, attempt), look(id));
            assertThat(noJob(id)).containsExactly(ask(0, id));
        }
        assertThat(why()).isEqualTo("agent demo was asked for 6 times: no worker of that name took the job; "
                + "nobody joined within 30 s.");
    }

    @Test
    void aJobThatLiveKitWritesDownLateIsLeftAlone() {
        begin(ONE);
        on(new Input.Dispatched(0, "AD_1"));
        on(new Input.SomebodyJoined());
        assertThat(found("AD_1", NO_JOB)).containsExactly(look("AD_1"));
        assertThat(found("AD_1", IN_ROOM)).isEmpty();
    }

    @Test
    void aJobOnItsWayIsGivenItsTime() {
        begin(ONE);
        on(new Input.Dispatched(0, "AD_1"));
        for (int look = 1; look <= 4; look++) {
            assertThat(found("AD_1", ON_THE_WAY)).containsExactly(look("AD_1"));
        }
        assertThat(found("AD_1", ON_THE_WAY)).as("twelve seconds after it was seen first").containsExactly(ask(0, "AD_1"));
        on(new Input.Dispatched(0, "AD_2"));
        assertThat(found("AD_2", ON_THE_WAY)).as("the next has the same time").containsExactly(look("AD_2"));
        assertThat(why()).startsWith("agent demo was asked for 2 times: a worker took the job and did not come into the room");
    }

    @Test
    void anAgentInTheRoomIsGivenAllTheTimeThereIs() {
        begin(ONE);
        on(new Input.Dispatched(0, "AD_1"));
        for (int look = 0; look < 30; look++) {
            assertThat(found("AD_1", IN_ROOM)).containsExactly(look("AD_1"));
        }
    }

    @Test
    void anAgentThatWasInTheRoomAndIsGoneIsReplacedAtOnce() {
        begin(ONE);
        on(new Input.Dispatched(0, "AD_1"));
        found("AD_1", IN_ROOM);
        assertThat(found("AD_1", ON_THE_WAY)).containsExactly(ask(0, "AD_1"));
        assertThat(why()).startsWith("agent demo was asked for once: the agent came into the room and left it again");
    }

    @Test
    void aJobThatEndedIsReplaced() {
        begin(ONE);
        on(new Input.Dispatched(0, "AD_1"));
        assertThat(found("AD_1", new Whereabouts.Ended("the worker failed: no model"))).containsExactly(ask(0, "AD_1"));
        assertThat(why()).startsWith("agent demo was asked for once: the worker failed: no model");
    }

    @Test
    void aDispatchThatLiveKitLostIsReplaced() {
        begin(ONE);
        on(new Input.Dispatched(0, "AD_1"));
        assertThat(found("AD_1", new Whereabouts.Lost())).containsExactly(ask(0, "AD_1"));
    }

    @Test
    void whileLiveKitDoesNotTellNothingIsReplaced() {
        begin(ONE);
        on(new Input.Dispatched(0, "AD_1"));
        assertThat(found("AD_1", new Whereabouts.NotTold())).containsExactly(look("AD_1"));
        assertThat(noJob("AD_1")).containsExactly(ask(0, "AD_1"));
    }

    @Test
    void aReplacementThatLiveKitRefusesIsAskedForAgainInsteadOfTheSame() {
        begin(ONE);
        on(new Input.Dispatched(0, "AD_1"));
        noJob("AD_1");
        assertThat(on(new Input.Refused(0, "no answer", false)))
                .containsExactly(new Effect.Retry(0, Duration.ofMillis(250)));
        assertThat(on(new Input.RetryDue(0))).containsExactly(ask(0, "AD_1"));
        assertThat(on(new Input.Refused(0, "no answer", false)))
                .containsExactly(new Effect.Retry(0, Duration.ofMillis(500)));
    }

    @Test
    void aLateLookAtADispatchThatWasReplacedChangesNothing() {
        begin(ONE);
        on(new Input.Dispatched(0, "AD_1"));
        noJob("AD_1");
        assertThat(on(new Input.Found(0, "AD_1", NO_JOB))).isEmpty();
        on(new Input.Dispatched(0, "AD_2"));
        assertThat(on(new Input.LookDue(0, "AD_1"))).isEmpty();
        assertThat(on(new Input.Found(0, "AD_1", NO_JOB))).isEmpty();
    }

    @Test
    void aCallThatEndsWhileADispatchIsReplacedTakesBothBack() {
        begin(ONE);
        on(new Input.Dispatched(0, "AD_1"));
        noJob("AD_1");
        assertThat(on(new Input.CallOver())).containsExactly(new Effect.Withdraw("AD_1"), SETTLE);
        assertThat(on(new Input.Dispatched(0, "AD_2"))).containsExactly(new Effect.Withdraw("AD_2"), FORGET);
    }

    @Test
    void afterTheEndNobodyLooks() {
        begin(ONE);
        on(new Input.Dispatched(0, "AD_1"));
        on(new Input.CallOver());
        assertThat(on(new Input.LookDue(0, "AD_1"))).isEmpty();
        assertThat(on(new Input.Found(0, "AD_1", NO_JOB))).isEmpty();
    }

    @Test
    void theFallbacksAgentIsAskedForAgainToo() {
        begin(plan(new Round(List.of(DEMO), 10), new Round(List.of(HELPER), 10)));
        on(new Input.Dispatched(0, "AD_1"));
        assertThat(on(new Input.PatienceOver(0))).contains(new Effect.Withdraw("AD_1"), new Effect.Ask(1));
        assertThat(on(new Input.LookDue(0, "AD_1"))).as("the first round is over").isEmpty();
        on(new Input.Dispatched(1, "AD_2"));
        on(new Input.Found(1, "AD_2", NO_JOB));
        assertThat(on(new Input.Found(1, "AD_2", NO_JOB))).containsExactly(ask(1, "AD_2"));
    }

    @Test
    void whenTheRoundEndsWhileADispatchIsReplacedTheOldOneIsTakenBackAndTheNewOneToo() {
        begin(plan(new Round(List.of(DEMO), 10), new Round(List.of(HELPER), 10)));
        on(new Input.Dispatched(0, "AD_1"));
        noJob("AD_1");
        assertThat(on(new Input.PatienceOver(0))).contains(new Effect.Withdraw("AD_1"), new Effect.Ask(1));
        assertThat(on(new Input.Dispatched(0, "AD_2"))).containsExactly(new Effect.Withdraw("AD_2"));
    }

    @Test
    void afterAPersonJoinedTheAgentWithoutAWorkerIsAskedForAgainUntilPatienceIsOver() {
        begin(ONE);
        on(new Input.Dispatched(0, "AD_1"));
        on(new Input.SomebodyJoined());
        assertThat(noJob("AD_1")).containsExactly(ask(0, "AD_1"));
        on(new Input.Dispatched(0, "AD_2"));
        on(new Input.PatienceOver(0));
        assertThat(on(new Input.LookDue(0, "AD_2"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"on the way", "in the room", "lost", "ended", "not told"})
    void onceSomebodyListensADispatchThatAWorkerHadIsNeverReplaced(String where) {
        begin(ONE);
        on(new Input.Dispatched(0, "AD_1"));
        found("AD_1", IN_ROOM);
        on(new Input.SomebodyJoined());
        assertThat(found("AD_1", switch (where) {
            case "on the way" -> ON_THE_WAY;
            case "in the room" -> IN_ROOM;
            case "lost" -> new Whereabouts.Lost();
            case "ended" -> new Whereabouts.Ended("it ended");
            default -> new Whereabouts.NotTold();
        })).isEmpty();
    }

    @Test
    void whereNoAgentIsNamedLiveKitAsksByItselfFirst() {
        assertThat(begin(NAMELESS)).containsExactly(
                new Effect.Retry(0, Duration.ofSeconds(1)), new Effect.Wait(0, Duration.ofSeconds(30)));
        assertThat(on(new Input.RetryDue(0))).containsExactly(new Effect.Ask(0));
        assertThat(on(new Input.Dispatched(0, "AD_room", false))).as("not told: it is not ours")
                .containsExactly(look("AD_room"));
        assertThat(noJob("AD_room")).containsExactly(ask(0, "AD_room"));
        assertThat(on(new Input.Dispatched(0, "AD_2")))
                .containsExactly(new Effect.TellDispatched(0, "AD_2", 2), look("AD_2"));
        List<Effect> end = on(new Input.PatienceOver(0));
        assertThat(end).first().isEqualTo(new Effect.TellUnavailable(List.of(), 30, "The route names no agent; an agent "
                + "without a name was asked for 2 times: no worker without a name took the job; nobody joined within 30 s."));
        assertThat(end).contains(new Effect.Withdraw("AD_2"));
    }

    @Test
    void whatLiveKitDispatchedByItselfIsNotTakenBackAtTheEnd() {
        begin(NAMELESS);
        on(new Input.RetryDue(0));
        on(new Input.Dispatched(0, "AD_room", false));
        assertThat(on(new Input.CallOver())).containsExactly(SETTLE, FORGET);
    }

    @Test
    void whoeverAnsweredWithoutANameBelongsToTheRoom() {
        begin(NAMELESS);
        on(new Input.RetryDue(0));
        on(new Input.Dispatched(0, "AD_room", false));
        noJob("AD_room");
        on(new Input.Dispatched(0, "AD_2"));
        on(new Input.SomebodyJoined());
        assertThat(on(new Input.LookDue(0, "AD_2"))).isEmpty();
        assertThat(on(new Input.CallOver())).containsExactly(FORGET);
    }

    @Test
    void onceSomebodyListensNobodyWithoutANameIsAskedFor() {
        begin(NAMELESS);
        on(new Input.SomebodyJoined());
        assertThat(on(new Input.RetryDue(0))).isEmpty();
        assertThat(on(new Input.CallOver())).containsExactly(FORGET);
    }

    @Test
    void afterEverybodyLeftThePlanBeginsAnewAndOlderDispatchesAreRecalled() {
        Plan plan = plan(new Round(List.of(DEMO), 10), new Round(List.of(HELPER), 5)).afterLeaving();
        assertThat(begin(plan)).containsExactly(
                new Effect.Recall(1), new Effect.Ask(0), new Effect.Wait(0, Duration.ofSeconds(10)));
        on(new Input.Dispatched(0, "AD_1"));
        on(new Input.PatienceOver(0));
        on(new Input.Dispatched(1, "AD_2"));
        assertThat(on(new Input.PatienceOver(1))).first().isInstanceOf(Effect.TellUnavailable.class);
    }

    @Test
    void afterEverybodyLeftNoPinIsWaitedFor() {
        var withPin = new Plan(List.of(new Round(List.of(DEMO), 10)), List.of(), true, false, false);
        assertThat(begin(withPin.afterLeaving())).contains(new Effect.Ask(0));
    }

    @Test
    void afterEverybodyLeftThoseWithoutANameAreAskedForAtOnce() {
        assertThat(begin(NAMELESS.afterLeaving()))
                .containsExactly(new Effect.Ask(0), new Effect.Wait(0, Duration.ofSeconds(30)));
        assertThat(on(new Input.Dispatched(0, "AD_1"))).first().isEqualTo(new Effect.TellDispatched(0, "AD_1", 1));
    }

    @Test
    void aWatchThatIsSupersededTakesItsDispatchesBack() {
        begin(ONE);
        on(new Input.Dispatched(0, "AD_1"));
        on(new Input.SomebodyJoined());
        assertThat(on(new Input.Superseded())).containsExactly(new Effect.Withdraw("AD_1"), FORGET);
        assertThat(on(new Input.CallOver())).isEmpty();
    }

    @Test
    void aWatchThatIsSupersededBeforeItHeardThatSomebodyCameSettles() {
        begin(ONE);
        assertThat(on(new Input.Superseded())).containsExactly(SETTLE);
        assertThat(on(new Input.SomebodyJoined())).isEmpty();
        assertThat(on(new Input.Dispatched(0, "AD_1"))).containsExactly(new Effect.Withdraw("AD_1"), FORGET);
    }
}
