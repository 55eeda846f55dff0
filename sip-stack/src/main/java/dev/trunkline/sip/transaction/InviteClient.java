package dev.trunkline.sip.transaction;

import java.time.Duration;

/**
 * The INVITE client transaction (RFC 3261 section 17.1.1, figure 5, with figure 2 of RFC 6026), and its CANCEL (RFC 3261
 * section 9.1), which must wait for a provisional response.
 *
 * <pre>
 *   INVITE --> Calling --- 1xx ---> Proceeding --- 300 to 699 ---> Completed --- timer D ---> Terminated
 *                 |                     |                                                         ^
 *                 +-------- 2xx --------+------------------------> Accepted ---- timer M ---------+
 * </pre>
 *
 * @param reliable over TCP or TLS
 */
public record InviteClient(Timings timings, boolean reliable) implements Machine<InviteClient.State> {

    /** The state of the transaction. */
    public sealed interface State {
        /**
         * @param interval of timer A, after which the INVITE is sent again
         * @param cancelled whether to cancel once a provisional response has arrived
         */
        record Calling(Duration interval, boolean cancelled) implements State {}

        record Proceeding(boolean cancelled) implements State {}

        /** Further 2xx are handed on: there is a fork, or our ACK was lost (RFC 6026 section 7.2). */
        record Accepted() implements State {}

        record Completed() implements State {}

        record Terminated() implements State {}
    }

    @Override
    public Step<State> begin() {
        var patience = new Action.Start(Timer.B, timings.patience());
        var calling = new State.Calling(timings.t1(), false);
        return reliable
                ? Step.to(calling, new Action.Send(), patience)
                : Step.to(calling, new Action.Send(), patience, new Action.Start(Timer.A, timings.t1()));
    }

    @Override
    public Step<State> on(State state, Input input) {
        return switch (state) {
            case State.Calling calling -> calling(calling, input);
            case State.Proceeding proceeding -> proceeding(proceeding, input);
            case State.Accepted accepted -> switch (input) {
                case Input.Responded(var status) when status / 100 == 2 -> Step.to(accepted, new Action.Tell());
                case Input.Fired(var timer) when timer == Timer.M -> Step.to(new State.Terminated());
                default -> Step.to(accepted);
            };
            case State.Completed completed -> switch (input) {
                case Input.Responded(var status) when status >= 300 -> Step.to(completed, new Action.Acknowledge());
                case Input.Fired(var timer) when timer == Timer.D -> Step.to(new State.Terminated());
                default -> Step.to(completed);
            };
            case State.Terminated terminated -> Step.to(terminated);
        };
    }

    private Step<State> calling(State.Calling state, Input input) {
        return switch (input) {
            case Input.Fired(var timer) when timer == Timer.A && !reliable -> {
                // RFC 3261 section 17.1.1.2: doubled without limit.
                Duration next = state.interval().multipliedBy(2);
                yield Step.to(new State.Calling(next, state.cancelled()), new Action.SendAgain(),
                        new Action.Start(Timer.A, next));
            }
            case Input.Fired(var timer) when timer == Timer.B -> Step.to(new State.Terminated(), new Action.TellTimeout());
            case Input.Unsent() -> Step.to(new State.Terminated(), new Action.TellUnsent());
            case Input.Cancel() -> Step.to(new State.Calling(state.interval(), true));
            case Input.Responded(var status) when status < 200 -> state.cancelled()
                    ? Step.to(new State.Proceeding(true), new Action.Stop(Timer.A), new Action.Tell(),
                            new Action.SendCancel(), new Action.Start(Timer.B, timings.patience()))
                    : Step.to(new State.Proceeding(false), new Action.Stop(Timer.A), new Action.Stop(Timer.B),
                            new Action.Tell());
            case Input.Responded(var status) -> last(status);
            default -> Step.to(state);
        };
    }

    private Step<State> proceeding(State.Proceeding state, Input input) {
        return switch (input) {
            case Input.Responded(var status) when status < 200 -> Step.to(state, new Action.Tell());
            case Input.Responded(var status) -> last(status);
            case Input.Cancel() -> state.cancelled()
                    ? Step.to(state)
                    : Step.to(new State.Proceeding(true), new Action.SendCancel(),
                            new Action.Start(Timer.B, timings.patience()));
            // RFC 3261 section 9.1: no final response 64·T1 after the CANCEL. Without a CANCEL it may ring for ever.
            case Input.Fired(var timer) when timer == Timer.B && state.cancelled() ->
                Step.to(new State.Terminated(), new Action.TellTimeout());
            default -> Step.to(state);
        };
    }

    private Step<State> last(int status) {
        if (status < 300) {
            return Step.to(new State.Accepted(), new Action.Stop(Timer.A), new Action.Stop(Timer.B), new Action.Tell(),
                    new Action.Start(Timer.M, timings.patience()));
        }
        // Over a stream timer D is zero.
        return reliable
                ? Step.to(new State.Terminated(), new Action.Acknowledge(), new Action.Tell())
                : Step.to(new State.Completed(), new Action.Stop(Timer.A), new Action.Stop(Timer.B),
                        new Action.Acknowledge(), new Action.Tell(), new Action.Start(Timer.D, timings.patience()));
    }

    @Override
    public boolean over(State state) {
        return state instanceof State.Terminated;
    }
}
