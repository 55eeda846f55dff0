package dev.trunkline.sip.transaction;

import java.time.Duration;

/**
 * The client transaction of requests other than INVITE and ACK (RFC 3261 section 17.1.2, figure 6).
 *
 * <pre>
 *   request --> Trying --- 1xx ---> Proceeding --- 200 to 699 ---> Completed --- timer K ---> Terminated
 *                  |                                                   ^
 *                  +------------------ 200 to 699 ---------------------+
 * </pre>
 *
 * @param reliable over TCP or TLS
 */
public record RequestClient(Timings timings, boolean reliable) implements Machine<RequestClient.State> {

    /** The state of the transaction. */
    public sealed interface State {
        /** @param interval of timer E, after which the request is sent again */
        record Trying(Duration interval) implements State {}

        record Proceeding() implements State {}

        record Completed() implements State {}

        record Terminated() implements State {}
    }

    @Override
    public Step<State> begin() {
        var patience = new Action.Start(Timer.F, timings.patience());
        var trying = new State.Trying(timings.t1());
        return reliable
                ? Step.to(trying, new Action.Send(), patience)
                : Step.to(trying, new Action.Send(), patience, new Action.Start(Timer.E, timings.t1()));
    }

    @Override
    public Step<State> on(State state, Input input) {
        return switch (state) {
            case State.Trying(var interval) -> trying(interval, input);
            case State.Proceeding proceeding -> switch (input) {
                // RFC 3261 section 17.1.2.2: every T2 from now on.
                case Input.Fired(var timer) when timer == Timer.E && !reliable ->
                    Step.to(proceeding, new Action.SendAgain(), new Action.Start(Timer.E, timings.t2()));
                default -> waiting(proceeding, input);
            };
            case State.Completed completed -> input instanceof Input.Fired(var timer) && timer == Timer.K
                    ? Step.to(new State.Terminated())
                    : Step.to(completed);
            case State.Terminated terminated -> Step.to(terminated);
        };
    }

    private Step<State> trying(Duration interval, Input input) {
        if (input instanceof Input.Fired(var timer) && timer == Timer.E && !reliable) {
            Duration next = timings.doubled(interval);
            return Step.to(new State.Trying(next), new Action.SendAgain(), new Action.Start(Timer.E, next));
        }
        return waiting(new State.Trying(interval), input);
    }

    private Step<State> waiting(State state, Input input) {
        return switch (input) {
            case Input.Responded(var status) when status < 200 -> Step.to(new State.Proceeding(), new Action.Tell());
            // Over a stream timer K is zero.
            case Input.Responded(var status) -> reliable
                    ? Step.to(new State.Terminated(), new Action.Tell())
                    : Step.to(new State.Completed(), new Action.Stop(Timer.E), new Action.Stop(Timer.F),
                            new Action.Tell(), new Action.Start(Timer.K, timings.t4()));
            case Input.Fired(var timer) when timer == Timer.F -> Step.to(new State.Terminated(), new Action.TellTimeout());
            case Input.Unsent() -> Step.to(new State.Terminated(), new Action.TellUnsent());
            default -> Step.to(state);
        };
    }

    @Override
    public boolean over(State state) {
        return state instanceof State.Terminated;
    }
}
