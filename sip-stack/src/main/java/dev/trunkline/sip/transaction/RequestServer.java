package dev.trunkline.sip.transaction;

/**
 * The server transaction of requests other than INVITE and ACK (RFC 3261 section 17.2.2, figure 8).
 *
 * <pre>
 *   request --> Trying --- 1xx ---> Proceeding --- 200 to 699 ---> Completed --- timer J ---> Terminated
 *                  |                                                   ^
 *                  +------------------ 200 to 699 ---------------------+
 * </pre>
 *
 * Timer J also runs from the beginning: a request that is not answered within 64·T1 ends.
 *
 * @param reliable over TCP or TLS
 */
public record RequestServer(Timings timings, boolean reliable) implements Machine<RequestServer.State> {

    /** The state of the transaction. */
    public sealed interface State {
        record Trying() implements State {}

        record Proceeding() implements State {}

        record Completed() implements State {}

        record Terminated() implements State {}
    }

    @Override
    public Step<State> begin() {
        // The client has given up by then, and a 408 would be useless (RFC 4320 section 4.1).
        return Step.to(new State.Trying(), new Action.Start(Timer.J, timings.patience()), new Action.Tell());
    }

    @Override
    public Step<State> on(State state, Input input) {
        if (input instanceof Input.Fired(var timer) && timer == Timer.J) {
            return Step.to(new State.Terminated());
        }
        return switch (state) {
            case State.Trying trying -> input instanceof Input.Respond(var status) ? responded(status) : Step.to(trying);
            case State.Proceeding proceeding -> switch (input) {
                case Input.Repeated() -> Step.to(proceeding, new Action.SendAgain());
                case Input.Respond(var status) -> responded(status);
                default -> Step.to(proceeding);
            };
            case State.Completed completed ->
                input instanceof Input.Repeated ? Step.to(completed, new Action.SendAgain()) : Step.to(completed);
            case State.Terminated terminated -> Step.to(terminated);
        };
    }

    private Step<State> responded(int status) {
        if (status < 200) {
            return Step.to(new State.Proceeding(), new Action.Send());
        }
        // Over a stream timer J is zero.
        return reliable
                ? Step.to(new State.Terminated(), new Action.Send())
                : Step.to(new State.Completed(), new Action.Send(), new Action.Start(Timer.J, timings.patience()));
    }

    @Override
    public boolean over(State state) {
        return state instanceof State.Terminated;
    }
}
