package dev.trunkline.sip.transaction;

import static dev.trunkline.sip.transaction.Cases.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trunkline.sip.transaction.RequestClient.State;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestClientTest {
    private static final RequestClient UDP = new RequestClient(TIMINGS, false);
    private static final RequestClient TCP = new RequestClient(TIMINGS, true);
    private static final State TRIED = new State.Trying(T1);
    private static final State PROCEEDING = new State.Proceeding();
    private static final State COMPLETED = new State.Completed();
    private static final State TERMINATED = new State.Terminated();
    private static final Action[] ANSWERED = {stop(Timer.E), stop(Timer.F), TELL, start(Timer.K, T4)};

    private static Arguments row(RequestClient machine, State before, Input input, State after, Action... actions) {
        return arguments(machine, before, input, after, List.of(actions));
    }

    static Stream<Arguments> table() {
        return Stream.of(
                row(UDP, TRIED, fired(Timer.E), new State.Trying(T1.multipliedBy(2)),
                        AGAIN, start(Timer.E, T1.multipliedBy(2))),
                row(UDP, new State.Trying(T2), fired(Timer.E), new State.Trying(T2), AGAIN, start(Timer.E, T2)),
                row(UDP, TRIED, fired(Timer.F), TERMINATED, TELL_TIMEOUT),
                row(UDP, TRIED, UNSENT, TERMINATED, TELL_UNSENT),
                row(UDP, TRIED, responded(100), PROCEEDING, TELL),
                row(UDP, TRIED, responded(200), COMPLETED, ANSWERED),
                row(UDP, TRIED, responded(486), COMPLETED, ANSWERED),
                row(TCP, TRIED, fired(Timer.F), TERMINATED, TELL_TIMEOUT),
                row(TCP, TRIED, UNSENT, TERMINATED, TELL_UNSENT),
                row(TCP, TRIED, responded(100), PROCEEDING, TELL),
                row(TCP, TRIED, responded(200), TERMINATED, TELL),
                row(TCP, TRIED, responded(486), TERMINATED, TELL),
                row(UDP, PROCEEDING, fired(Timer.E), PROCEEDING, AGAIN, start(Timer.E, T2)),
                row(UDP, PROCEEDING, fired(Timer.F), TERMINATED, TELL_TIMEOUT),
                row(UDP, PROCEEDING, UNSENT, TERMINATED, TELL_UNSENT),
                row(UDP, PROCEEDING, responded(100), PROCEEDING, TELL),
                row(UDP, PROCEEDING, responded(200), COMPLETED, ANSWERED),
                row(UDP, PROCEEDING, responded(486), COMPLETED, ANSWERED),
                row(TCP, PROCEEDING, fired(Timer.F), TERMINATED, TELL_TIMEOUT),
                row(TCP, PROCEEDING, UNSENT, TERMINATED, TELL_UNSENT),
                row(TCP, PROCEEDING, responded(100), PROCEEDING, TELL),
                row(TCP, PROCEEDING, responded(200), TERMINATED, TELL),
                row(TCP, PROCEEDING, responded(486), TERMINATED, TELL),
                row(UDP, COMPLETED, responded(200), COMPLETED),
                row(UDP, COMPLETED, fired(Timer.K), TERMINATED),
                row(TCP, COMPLETED, fired(Timer.K), TERMINATED));
    }

    @ParameterizedTest
    @MethodSource("table")
    void followsTheTable(RequestClient machine, State before, Input input, State after, List<Action> actions) {
        check(machine, before, input, after, actions);
    }

    @Test
    void whatTheTableDoesNotNameChangesNothing() {
        List<Arguments> rows = table().toList();
        for (RequestClient machine : List.of(UDP, TCP)) {
            for (State state : List.of(TRIED, PROCEEDING, COMPLETED, TERMINATED)) {
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
        assertThat(UDP.begin()).isEqualTo(Step.to(TRIED, SEND, start(Timer.F, PATIENCE), start(Timer.E, T1)));
        assertThat(TCP.begin()).isEqualTo(Step.to(TRIED, SEND, start(Timer.F, PATIENCE)));
    }
}
