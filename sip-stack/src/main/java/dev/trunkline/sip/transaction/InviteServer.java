package dev.trunkline.sip.transaction;

import java.time.Duration;

/**
 * The INVITE server transaction (RFC 3261 section 17.2.1, figure 7, with figure 5 of RFC 6026).
 *
 * <pre>
 *                 INVITE --> Proceeding --- 300 to 699 ---> Completed --- ACK ---> Confirmed
 *                                |                              |                      |
 *                               2xx                          timer H                timer I
 *                                v                              v                      v
 *                            Accepted ------- timer L -----> Terminated <--------------+
 * </pre>
 *
 * @param reliable over TCP or TLS: nothing is retransmitted, and no retransmissions need to be absorbed
 */
public record InviteServer(Timings timings, boolean reliable) implements Machine<InviteServer.State> {

    /** The state of the transaction. */
    public sealed interface State {
        /** @param heard whether there is a response to repeat */
        record Proceeding(boolean heard) implements State {}

        /** A 2xx was sent; the user repeats it until its ACK arrives (RFC 6026 section 7.1). */
        record Accepted() implements State {}

        /** @param interval of timer G, after which the response is sent again */
        record Completed(Duration interval) implements State {}

        record Confirmed() implements State {}

        record Terminated() implements State {}
    }

    @Override
    public Step<State> begin() {
        return Step.to(new State.Proceeding(false), new Action.Start(Timer.TRYING, Timings.TRYING), new Action.Tell());
    }

    @Override
    public Step<State> on(State state, Input input) {
        return switch (state) {
            case State.Proceeding proceeding -> proceeding(proceeding, input);
            case State.Accepted accepted -> accepted(accepted, input);
            case State.Completed completed -> completed(completed, input);
            case State.Confirmed confirmed -> confirmed(confirmed, input);
            case State.Terminated terminated -> Step.to(terminated);
        };
    }

    private Step<State> proceeding(State.Proceeding state, Input input) {
        return switch (input) {
            case Input.Repeated() -> state.heard() ? Step.to(state, new Action.SendAgain()) : Step.to(state);
            case Input.Respond(var status) -> responded(status);
            case Input.Fired(var timer) when timer == Timer.TRYING && !state.heard() ->
                Step.to(new State.Proceeding(true), new Action.SendTrying());
            // The user's next response may get through: a new stream is opened for it (RFC 3261 section 18.2.2).
            default -> Step.to(state);
        };
    }

    private Step<State> responded(int status) {
        if (status < 200) {
            return Step.to(new State.Proceeding(true), new Action.Stop(Timer.TRYING), new Action.Send());
        }
        if (status < 300) {
            // RFC 6026 section 7.1.
            return Step.to(new State.Accepted(), new Action.Stop(Timer.TRYING), new Action.Send(),
                    new Action.Start(Timer.L, timings.patience()));
        }
        var awaitsAck = new Action.Start(Timer.H, timings.patience());
        return reliable
                ? Step.to(new State.Completed(timings.t1()), new Action.Stop(Timer.TRYING), new Action.Send(), awaitsAck)
                : Step.to(new State.Completed(timings.t1()), new Action.Stop(Timer.TRYING), new Action.Send(), awaitsAck,
                        new Action.Start(Timer.G, timings.t1()));
    }

    private Step<State> accepted(State.Accepted state, Input input) {
        return switch (input) {
            // RFC 6026 section 7.1: the ACK and further 2xx pass through; a retransmitted INVITE is absorbed.
            case Input.Acknowledged() -> Step.to(state, new Action.Tell());
            case Input.Respond(var status) when status / 100 == 2 -> Step.to(state, new Action.Send());
            case Input.Fired(var timer) when timer == Timer.L -> Step.to(new State.Terminated());
            default -> Step.to(state);
        };
    }

    private Step<State> completed(State.Completed state, Input input) {
        return switch (input) {
            case Input.Repeated() -> Step.to(state, new Action.SendAgain());
            case Input.Acknowledged() -> reliable
                    // Timer I is zero.
                    ? Step.to(new State.Terminated(), new Action.Stop(Timer.G), new Action.Stop(Timer.H))
                    : Step.to(new State.Confirmed(), new Action.Stop(Timer.G), new Action.Stop(Timer.H),
                            new Action.Start(Timer.I, timings.t4()));
            case Input.Fired(var timer) when timer == Timer.G && !reliable -> {
                Duration next = timings.doubled(state.interval());
                yield Step.to(new State.Completed(next), new Action.SendAgain(), new Action.Start(Timer.G, next));
            }
            case Input.Fired(var timer) when timer == Timer.H -> Step.to(new State.Terminated(), new Action.Stop(Timer.G));
            default -> Step.to(state);
        };
    }

    private Step<State> confirmed(State.Confirmed state, Input input) {
        return input instanceof Input.Fired(var timer) && timer == Timer.I ? Step.to(new State.Terminated()) : Step.to(state);
    }

    @Override
    public boolean over(State state) {
        return state instanceof State.Terminated;
    }
}
