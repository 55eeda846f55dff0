package dev.trunkline.sip.transaction;

import static dev.trunkline.sip.transaction.Cases.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trunkline.sip.transaction.InviteClient.State;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InviteClientTest {
    private static final InviteClient UDP = new InviteClient(TIMINGS, false);
    private static final InviteClient TCP = new InviteClient(TIMINGS, true);
    private static final State CALLING = new State.Calling(T1, false);
    private static final State GIVEN_UP = new State.Calling(T1, true);
    private static final State PROCEEDING = new State.Proceeding(false);
    private static final State CANCELLED = new State.Proceeding(true);
    private static final State ACCEPTED = new State.Accepted();
    private static final State COMPLETED = new State.Completed();
    private static final State TERMINATED = new State.Terminated();
    private static final Action[] ACCEPTS = {stop(Timer.A), stop(Timer.B), TELL, start(Timer.M, PATIENCE)};
    private static final Action[] REFUSES = {stop(Timer.A), stop(Timer.B), ACKNOWLEDGE, TELL, start(Timer.D, PATIENCE)};

    private static Arguments row(InviteClient machine, State before, Input input, State after, Action... actions) {
        return arguments(machine, before, input, after, List.of(actions));
    }

    static Stream<Arguments> table() {
        return Stream.of(
                row(UDP, CALLING, fired(Timer.A), new State.Calling(T1.multipliedBy(2), false),
                        AGAIN, start(Timer.A, T1.multipliedBy(2))),
                row(UDP, GIVEN_UP, fired(Timer.A), new State.Calling(T1.multipliedBy(2), true),
                        AGAIN, start(Timer.A, T1.multipliedBy(2))),
                row(UDP, CALLING, fired(Timer.B), TERMINATED, TELL_TIMEOUT),
                row(UDP, CALLING, UNSENT, TERMINATED, TELL_UNSENT),
                row(UDP, CALLING, CANCEL, GIVEN_UP),
                row(UDP, CALLING, responded(100), PROCEEDING, stop(Timer.A), stop(Timer.B), TELL),
                row(UDP, GIVEN_UP, responded(100), CANCELLED,
                        stop(Timer.A), TELL, SEND_CANCEL, start(Timer.B, PATIENCE)),
                row(UDP, CALLING, responded(200), ACCEPTED, ACCEPTS),
                row(UDP, CALLING, responded(486), COMPLETED, REFUSES),
                row(TCP, CALLING, fired(Timer.B), TERMINATED, TELL_TIMEOUT),
                row(TCP, CALLING, UNSENT, TERMINATED, TELL_UNSENT),
                row(TCP, CALLING, CANCEL, GIVEN_UP),
                row(TCP, CALLING, responded(100), PROCEEDING, stop(Timer.A), stop(Timer.B), TELL),
                row(TCP, CALLING, responded(200), ACCEPTED, ACCEPTS),
                row(TCP, CALLING, responded(486), TERMINATED, ACKNOWLEDGE, TELL),
                row(UDP, PROCEEDING, responded(100), PROCEEDING, TELL),
                row(UDP, PROCEEDING, responded(200), ACCEPTED, ACCEPTS),
                row(UDP, PROCEEDING, responded(486), COMPLETED, REFUSES),
                row(UDP, PROCEEDING, CANCEL, CANCELLED, SEND_CANCEL, start(Timer.B, PATIENCE)),
                row(UDP, PROCEEDING, fired(Timer.B), PROCEEDING),
                row(UDP, CANCELLED, CANCEL, CANCELLED),
                row(UDP, CANCELLED, fired(Timer.B), TERMINATED, TELL_TIMEOUT),
                row(UDP, CANCELLED, responded(486), COMPLETED, REFUSES),
                row(TCP, PROCEEDING, responded(100), PROCEEDING, TELL),
                row(TCP, PROCEEDING, responded(200), ACCEPTED, ACCEPTS),
                row(TCP, PROCEEDING, responded(486), TERMINATED, ACKNOWLEDGE, TELL),
                row(TCP, PROCEEDING, CANCEL, CANCELLED, SEND_CANCEL, start(Timer.B, PATIENCE)),
                row(TCP, CANCELLED, fired(Timer.B), TERMINATED, TELL_TIMEOUT),
                row(UDP, ACCEPTED, responded(200), ACCEPTED, TELL),
                row(UDP, ACCEPTED, responded(486), ACCEPTED),
                row(UDP, ACCEPTED, fired(Timer.M), TERMINATED),
                row(TCP, ACCEPTED, responded(200), ACCEPTED, TELL),
                row(TCP, ACCEPTED, fired(Timer.M), TERMINATED),
                row(UDP, COMPLETED, responded(486), COMPLETED, ACKNOWLEDGE),
                row(UDP, COMPLETED, responded(200), COMPLETED),
                row(UDP, COMPLETED, fired(Timer.D), TERMINATED),
                row(TCP, COMPLETED, responded(486), COMPLETED, ACKNOWLEDGE),
                row(TCP, COMPLETED, fired(Timer.D), TERMINATED));
    }

    @ParameterizedTest
    @MethodSource("table")
    void followsTheTable(InviteClient machine, State before, Input input, State after, List<Action> actions) {
        check(machine, before, input, after, actions);
    }

    @Test
    void whatTheTableDoesNotNameChangesNothing() {
        List<Arguments> rows = table().toList();
        for (InviteClient machine : List.of(UDP, TCP)) {
            for (State state : List.of(CALLING, PROCEEDING, CANCELLED, ACCEPTED, COMPLETED, TERMINATED)) {
                List<Input> named = rows.stream().map(Arguments::get)
                        .filter(row -> row[0].equals(machine) && row[1].getClass() == state.getClass())
                        .map(row -> (Input) row[2])
                        .toList();
                nothingElse(machine, state, named);
                assertThat(machine.over(state)).isEqualTo(state instanceof State.Terminated);
            }
        }
    }

    @Test
    void isSentAgainByUdpAlone() {
        assertThat(UDP.begin()).isEqualTo(Step.to(CALLING, SEND, start(Timer.B, PATIENCE), start(Timer.A, T1)));
        assertThat(TCP.begin()).isEqualTo(Step.to(CALLING, SEND, start(Timer.B, PATIENCE)));
    }
}
