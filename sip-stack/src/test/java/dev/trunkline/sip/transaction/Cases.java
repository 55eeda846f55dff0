package dev.trunkline.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The building blocks for the tables of the four state machines. */
final class Cases {
    static final Timings TIMINGS = Timings.RFC_3261;
    static final Duration T1 = TIMINGS.t1();
    static final Duration T2 = TIMINGS.t2();
    static final Duration T4 = TIMINGS.t4();
    static final Duration PATIENCE = Duration.ofSeconds(32);

    static final Input REPEATED = new Input.Repeated();
    static final Input ACK = new Input.Acknowledged();
    static final Input CANCEL = new Input.Cancel();
    static final Input UNSENT = new Input.Unsent();
    static final Action SEND = new Action.Send();
    static final Action AGAIN = new Action.SendAgain();
    static final Action TRYING = new Action.SendTrying();
    static final Action ACKNOWLEDGE = new Action.Acknowledge();
    static final Action SEND_CANCEL = new Action.SendCancel();
    static final Action TELL = new Action.Tell();
    static final Action TELL_TIMEOUT = new Action.TellTimeout();
    static final Action TELL_UNSENT = new Action.TellUnsent();

    private Cases() {}

    static Input respond(int status) {
        return new Input.Respond(status);
    }

    static Input responded(int status) {
        return new Input.Responded(status);
    }

    static Input fired(Timer timer) {
        return new Input.Fired(timer);
    }

    static Action start(Timer timer, Duration after) {
        return new Action.Start(timer, after);
    }

    static Action stop(Timer timer) {
        return new Action.Stop(timer);
    }

    static <S> void check(Machine<S> machine, S before, Input input, S after, List<Action> actions) {
        assertThat(machine.on(before, input)).isEqualTo(new Step<>(after, actions));
    }

    /** Returns every possible input. */
    static List<Input> all() {
        var all = new ArrayList<>(List.of(REPEATED, ACK, CANCEL, UNSENT, respond(100), respond(200), respond(486),
                responded(100), responded(200), responded(486)));
        for (Timer timer : Timer.values()) {
            all.add(fired(timer));
        }
        return all;
    }

    /** Asserts that any input that the table does not name changes nothing. */
    static <S> void nothingElse(Machine<S> machine, S state, List<Input> named) {
        for (Input input : all()) {
            if (!named.contains(input)) {
                assertThat(machine.on(state, input)).as("%s in %s", input, state).isEqualTo(new Step<>(state, List.of()));
            }
        }
    }
}
