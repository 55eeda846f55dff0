package dev.trunkline.sip.register;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.register.Registration.Action;
import dev.trunkline.sip.register.Registration.Input;
import dev.trunkline.sip.register.Registration.State;
import dev.trunkline.sip.register.Registration.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RegistrationTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RegisterTimes TIMES =
            new RegisterTimes(Duration.ofSeconds(300), Duration.ofSeconds(2), Duration.ofSeconds(60), Duration.ofSeconds(4));
    private static final Input BEGIN = new Input.Begin();
    private static final Input DUE = new Input.Due();
    private static final Input END = new Input.End();

    private final Registration machine = new Registration(TIMES, (RandomGenerator) () -> 0);

    private static Input accepted(int seconds) {
        return new Input.Answered(new RegisterAnswer.Accepted(200, Duration.ofSeconds(seconds), List.of()));
    }

    private static Input failed(int status) {
        return new Input.Answered(new RegisterAnswer.Failed(status, Optional.empty()));
    }

    private static Input brief(int minimum) {
        return new Input.Answered(new RegisterAnswer.TooBrief(423, Duration.ofSeconds(minimum)));
    }

    private static Input refused() {
        return new Input.Answered(new RegisterAnswer.Refused(401, "wrong"));
    }

    private Step after(Input... inputs) {
        Step step = new Step(machine.idle(), List.of());
        for (Input input : inputs) {
            step = machine.on(step.state(), input, NOW);
        }
        return step;
    }

    private static Duration pause(Step step) {
        return step.actions().stream()
                .filter(Action.Wait.class::isInstance)
                .map(action -> ((Action.Wait) action).time())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itAsksForItsInterval() {
        assertThat(after(BEGIN).actions()).containsExactly(new Action.Send(Duration.ofSeconds(300)));
    }

    @Test
    void itRefreshesBeforeTheEndOfWhatWasGranted() {
        Step bound = after(BEGIN, accepted(100));
        assertThat(bound.state().bound()).contains(NOW.plusSeconds(100));
        assertThat(pause(bound)).isEqualTo(Duration.ofSeconds(70));
        assertThat(new Registration(TIMES, new Random(1)).on(after(BEGIN).state(), accepted(100), NOW)).satisfies(step ->
                assertThat(pause(step)).isBetween(Duration.ofSeconds(70), Duration.ofSeconds(85)));
        Step refresh = machine.on(bound.state(), DUE, NOW.plusSeconds(70));
        assertThat(refresh.actions()).containsExactly(new Action.Send(Duration.ofSeconds(300)));
        assertThat(refresh.state().bound()).as("the binding is there while it is refreshed").contains(NOW.plusSeconds(100));
    }

    @Test
    void aRegistrarThatGrantsASecondIsNotAskedMoreOften() {
        assertThat(pause(after(BEGIN, accepted(1)))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatIsAcceptedAndNotKeptIsAFailure() {
        Step step = after(BEGIN, accepted(0));
        assertThat(step.state()).isInstanceOf(State.Pausing.class);
        assertThat(step.state().bound()).isEmpty();
    }

    @Test
    void anIntervalThatIsTooBriefIsRaisedAtOnceAndKept() {
        Step raised = after(BEGIN, brief(3600));
        assertThat(raised.actions()).containsExactly(new Action.Send(Duration.ofHours(1)));
        Step bound = machine.on(raised.state(), accepted(3600), NOW);
        assertThat(machine.on(bound.state(), DUE, NOW).actions()).containsExactly(new Action.Send(Duration.ofHours(1)));
    }

    @Test
    void whoAsksForLongerAndLongerIsLeftForAWhile() {
        assertThat(after(BEGIN, brief(400), brief(500), brief(600)).actions()).containsExactly(new Action.Send(Duration.ofSeconds(600)));
        assertThat(after(BEGIN, brief(400), brief(500), brief(600), brief(700)).state()).isInstanceOf(State.Pausing.class);
        assertThat(after(BEGIN, brief(300)).state()).as("no longer than was asked for").isInstanceOf(State.Pausing.class);
    }

    @Test
    void pausesGrowUpToTheLongest() {
        Step step = after(BEGIN);
        var pauses = new ArrayList<Long>();
        for (int i = 0; i < 8; i++) {
            step = machine.on(step.state(), failed(408), NOW);
            pauses.add(pause(step).toSeconds());
            step = machine.on(step.state(), DUE, NOW);
        }
        assertThat(pauses).as("half of 2, 4, 8, ... 60, by chance up to the whole").containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
        Step bound = machine.on(step.state(), accepted(100), NOW);
        Step again = machine.on(machine.on(bound.state(), DUE, NOW).state(), failed(503), NOW);
        assertThat(pause(again)).as("begins anew").isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void noNumberOfFailuresIsTooMany() {
        State state = new State.Asking(Optional.empty(), Duration.ofSeconds(1), Integer.MAX_VALUE - 1, 0);
        assertThat(pause(machine.on(state, failed(500), NOW))).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void pausesAreLongerByChance() {
        var one = new Registration(TIMES, new Random(5));
        assertThat(pause(one.on(after(BEGIN).state(), failed(408), NOW))).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void retryAfterIsObeyedWhereItIsLonger() {
        var asked = new Input.Answered(new RegisterAnswer.Failed(503, Optional.of(Duration.ofSeconds(120))));
        assertThat(pause(after(BEGIN, asked))).isEqualTo(Duration.ofSeconds(120));
        var soon = new Input.Answered(new RegisterAnswer.Failed(503, Optional.of(Duration.ZERO)));
        assertThat(pause(after(BEGIN, soon))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aWrongPasswordWaitsTheLongestTime() {
        assertThat(pause(after(BEGIN, refused()))).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aFailedRefreshLeavesTheBindingUntilItsEnd() {
        State asking = machine.on(after(BEGIN, accepted(100)).state(), DUE, NOW.plusSeconds(70)).state();
        Step failed = machine.on(asking, failed(408), NOW.plusSeconds(80));
        assertThat(failed.state().bound()).contains(NOW.plusSeconds(100));
        Step later = machine.on(machine.on(failed.state(), DUE, NOW.plusSeconds(82)).state(), failed(408), NOW.plusSeconds(101));
        assertThat(later.state().bound()).isEmpty();
    }

    @Test
    void theRegistrarThatIsBackIsToldOnce() {
        Step back = after(BEGIN, failed(408), DUE, accepted(100));
        assertThat(back.actions()).first().isInstanceOf(Action.Tell.class);
    }

    @Test
    void aRegistrarThatMayHaveForgottenUsIsAskedAtOnce() {
        Input refresh = new Input.Refresh();
        assertThat(after(BEGIN, accepted(100), refresh).actions()).containsExactly(new Action.Send(Duration.ofSeconds(300)));
        assertThat(after(BEGIN, failed(408), refresh).actions()).containsExactly(new Action.Send(Duration.ofSeconds(300)));
        assertThat(after(BEGIN, refresh).actions()).as("it is asked already").isEmpty();
        assertThat(after(BEGIN, accepted(100), END, refresh).actions()).isEmpty();
        assertThat(after(refresh).actions()).isEmpty();
    }

    @Test
    void atItsEndTheBindingIsTakenBack() {
        Step removing = after(BEGIN, accepted(100), END);
        assertThat(removing.actions()).containsExactly(new Action.Send(Duration.ZERO), new Action.Wait(Duration.ofSeconds(4)));
        assertThat(machine.on(removing.state(), accepted(0), NOW).actions()).containsExactly(new Action.TellEnded());
        assertThat(machine.on(removing.state(), DUE, NOW).state()).isEqualTo(new State.Ended());
    }

    @Test
    void whereNothingIsBoundTheEndIsAtOnce() {
        assertThat(after(END).state()).isEqualTo(new State.Ended());
        assertThat(after(BEGIN, refused(), END).actions()).containsExactly(new Action.TellEnded());
        Step bound = after(BEGIN, accepted(100));
        assertThat(machine.on(bound.state(), END, NOW.plusSeconds(100)).state()).as("it has run out").isEqualTo(new State.Ended());
    }

    @Test
    void whoEndsWhileAskingTakesBackWhatIsGranted() {
        Step leaving = after(BEGIN, END);
        assertThat(leaving.actions()).containsExactly(new Action.Wait(Duration.ofSeconds(4)));
        assertThat(machine.on(leaving.state(), accepted(60), NOW).actions()).contains(new Action.Send(Duration.ZERO));
        assertThat(machine.on(leaving.state(), failed(500), NOW).state()).isEqualTo(new State.Ended());
        assertThat(machine.on(leaving.state(), DUE, NOW).state()).isEqualTo(new State.Ended());
        Step refreshing = after(BEGIN, accepted(100), DUE, END);
        assertThat(machine.on(refreshing.state(), failed(500), NOW).actions())
                .as("the binding of before is there").contains(new Action.Send(Duration.ZERO));
    }

    @Test
    void whatMeansNothingChangesNothing() {
        List<State> states = List.of(
                machine.idle(), after(BEGIN).state(), after(BEGIN, accepted(9)).state(), after(BEGIN, failed(500)).state(),
                after(BEGIN, END).state(), after(BEGIN, accepted(9), END).state(), after(END).state());
        List<Input> nothing = List.of(DUE, BEGIN, BEGIN, BEGIN, BEGIN, BEGIN, END);
        for (int i = 0; i < states.size(); i++) {
            assertThat(machine.on(states.get(i), nothing.get(i), NOW)).isEqualTo(new Step(states.get(i), List.of()));
        }
        assertThat(after(BEGIN, accepted(100), accepted(5)).actions()).as("an answer nobody waits for").isEmpty();
    }
}
