package dev.trunkline.sip.transaction;

import static dev.trunkline.sip.transaction.Cases.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trunkline.sip.transaction.RequestServer.State;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestServerTest {
    private static final RequestServer UDP = new RequestServer(TIMINGS, false);
    private static final RequestServer TCP = new RequestServer(TIMINGS, true);
    private static final State TRIED = new State.Trying();
    private static final State PROCEEDING = new State.Proceeding();
    private static final State COMPLETED = new State.Completed();
    private static final State TERMINATED = new State.Terminated();

    private static Arguments row(RequestServer machine, State before, Input input, State after, Action... actions) {
        return arguments(machine, before, input, after, List.of(actions));
    }

    static Stream<Arguments> table() {
        return Stream.of(
                row(UDP, TRIED, REPEATED, TRIED),
                row(UDP, TRIED, respond(100), PROCEEDING, SEND),
                row(UDP, TRIED, respond(200), COMPLETED, SEND, start(Timer.J, PATIENCE)),
                row(UDP, TRIED, respond(486), COMPLETED, SEND, start(Timer.J, PATIENCE)),
                row(UDP, TRIED, fired(Timer.J), TERMINATED),
                row(TCP, TRIED, respond(100), PROCEEDING, SEND),
                row(TCP, TRIED, respond(200), TERMINATED, SEND),
                row(TCP, TRIED, respond(486), TERMINATED, SEND),
                row(TCP, TRIED, fired(Timer.J), TERMINATED),
                row(UDP, PROCEEDING, REPEATED, PROCEEDING, AGAIN),
                row(UDP, PROCEEDING, respond(100), PROCEEDING, SEND),
                row(UDP, PROCEEDING, respond(200), COMPLETED, SEND, start(Timer.J, PATIENCE)),
                row(UDP, PROCEEDING, respond(486), COMPLETED, SEND, start(Timer.J, PATIENCE)),
                row(UDP, PROCEEDING, fired(Timer.J), TERMINATED),
                row(TCP, PROCEEDING, REPEATED, PROCEEDING, AGAIN),
                row(TCP, PROCEEDING, respond(100), PROCEEDING, SEND),
                row(TCP, PROCEEDING, respond(200), TERMINATED, SEND),
                row(TCP, PROCEEDING, respond(486), TERMINATED, SEND),
                row(TCP, PROCEEDING, fired(Timer.J), TERMINATED),
                row(UDP, COMPLETED, REPEATED, COMPLETED, AGAIN),
                row(UDP, COMPLETED, respond(200), COMPLETED),
                row(UDP, COMPLETED, fired(Timer.J), TERMINATED),
                row(TCP, COMPLETED, REPEATED, COMPLETED, AGAIN),
                row(TCP, COMPLETED, fired(Timer.J), TERMINATED),
                row(UDP, TERMINATED, fired(Timer.J), TERMINATED),
                row(TCP, TERMINATED, fired(Timer.J), TERMINATED));
    }

    @ParameterizedTest
    @MethodSource("table")
    void followsTheTable(RequestServer machine, State before, Input input, State after, List<Action> actions) {
        check(machine, before, input, after, actions);
    }

    @Test
    void whatTheTableDoesNotNameChangesNothing() {
        List<Arguments> rows = table().toList();
        for (RequestServer machine : List.of(UDP, TCP)) {
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
    void beginsByTellingItsUser() {
        assertThat(UDP.begin()).isEqualTo(Step.to(TRIED, start(Timer.J, PATIENCE), TELL));
    }
}
