package dev.trunkline.sip.transaction;

import static dev.trunkline.sip.transaction.Cases.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trunkline.sip.transaction.InviteServer.State;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InviteServerTest {
    private static final InviteServer UDP = new InviteServer(TIMINGS, false);
    private static final InviteServer TCP = new InviteServer(TIMINGS, true);
    private static final State UNHEARD = new State.Proceeding(false);
    private static final State HEARD = new State.Proceeding(true);
    private static final State ACCEPTED = new State.Accepted();
    private static final State COMPLETED = new State.Completed(T1);
    private static final State CONFIRMED = new State.Confirmed();
    private static final State TERMINATED = new State.Terminated();

    private static Arguments row(InviteServer machine, State before, Input input, State after, Action... actions) {
        return arguments(machine, before, input, after, List.of(actions));
    }

    static Stream<Arguments> table() {
        return Stream.of(
                row(UDP, UNHEARD, REPEATED, UNHEARD),
                row(UDP, HEARD, REPEATED, HEARD, AGAIN),
                row(UDP, UNHEARD, respond(100), HEARD, stop(Timer.TRYING), SEND),
                row(UDP, HEARD, respond(100), HEARD, stop(Timer.TRYING), SEND),
                row(UDP, UNHEARD, respond(200), ACCEPTED, stop(Timer.TRYING), SEND, start(Timer.L, PATIENCE)),
                row(UDP, HEARD, respond(200), ACCEPTED, stop(Timer.TRYING), SEND, start(Timer.L, PATIENCE)),
                row(TCP, HEARD, respond(200), ACCEPTED, stop(Timer.TRYING), SEND, start(Timer.L, PATIENCE)),
                row(UDP, HEARD, respond(486), COMPLETED,
                        stop(Timer.TRYING), SEND, start(Timer.H, PATIENCE), start(Timer.G, T1)),
                row(TCP, HEARD, respond(486), COMPLETED, stop(Timer.TRYING), SEND, start(Timer.H, PATIENCE)),
                row(UDP, UNHEARD, fired(Timer.TRYING), HEARD, TRYING),
                row(TCP, UNHEARD, fired(Timer.TRYING), HEARD, TRYING),
                row(UDP, HEARD, fired(Timer.TRYING), HEARD),
                row(TCP, HEARD, REPEATED, HEARD, AGAIN),
                row(TCP, UNHEARD, REPEATED, UNHEARD),
                row(TCP, UNHEARD, respond(100), HEARD, stop(Timer.TRYING), SEND),
                row(UDP, ACCEPTED, ACK, ACCEPTED, TELL),
                row(UDP, ACCEPTED, respond(200), ACCEPTED, SEND),
                row(UDP, ACCEPTED, REPEATED, ACCEPTED),
                row(UDP, ACCEPTED, fired(Timer.L), TERMINATED),
                row(TCP, ACCEPTED, ACK, ACCEPTED, TELL),
                row(TCP, ACCEPTED, respond(200), ACCEPTED, SEND),
                row(TCP, ACCEPTED, fired(Timer.L), TERMINATED),
                row(UDP, COMPLETED, REPEATED, COMPLETED, AGAIN),
                row(UDP, COMPLETED, ACK, CONFIRMED, stop(Timer.G), stop(Timer.H), start(Timer.I, T4)),
                row(UDP, COMPLETED, fired(Timer.G), new State.Completed(T1.multipliedBy(2)),
                        AGAIN, start(Timer.G, T1.multipliedBy(2))),
                row(UDP, new State.Completed(T2), fired(Timer.G), new State.Completed(T2), AGAIN, start(Timer.G, T2)),
                row(UDP, COMPLETED, fired(Timer.H), TERMINATED, stop(Timer.G)),
                row(TCP, COMPLETED, REPEATED, COMPLETED, AGAIN),
                row(TCP, COMPLETED, ACK, TERMINATED, stop(Timer.G), stop(Timer.H)),
                row(TCP, COMPLETED, fired(Timer.H), TERMINATED, stop(Timer.G)),
                row(UDP, CONFIRMED, fired(Timer.I), TERMINATED),
                row(TCP, CONFIRMED, fired(Timer.I), TERMINATED));
    }

    @ParameterizedTest
    @MethodSource("table")
    void followsTheTable(InviteServer machine, State before, Input input, State after, List<Action> actions) {
        check(machine, before, input, after, actions);
    }

    @Test
    void whatTheTableDoesNotNameChangesNothing() {
        List<Arguments> rows = table().toList();
        for (InviteServer machine : List.of(UDP, TCP)) {
            for (State state : List.of(UNHEARD, HEARD, ACCEPTED, COMPLETED, CONFIRMED, TERMINATED)) {
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
    void beginsByTellingItsUserAndGivesItAFifthOfASecondToAnswer() {
        assertThat(UDP.begin()).isEqualTo(Step.to(UNHEARD, start(Timer.TRYING, Timings.TRYING), TELL));
    }
}
