package dev.trunkline.sip.register;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One binding of one account at a registrar, kept for as long as it is wanted (RFC 3261 section 10).
 *
 * <pre>
 *                    423 (with the interval that the registrar wants)
 *                      +--+
 *                      |  v
 *   Idle -- Begin --> Asking -- 2xx -----------------> Bound -- Due, or Refresh ------+
 *                      ^  |                                                           |
 *                      |  +-- anything else --> Pausing -- Due, later each time --+   |
 *                      +----------------------------------------------------------+---+
 *
 *   Idle, Pausing without a binding -- End --> Ended
 *   Bound, Pausing with one        -- End --> Removing -- answer, or Due --> Ended
 *   Asking                         -- End --> Leaving  -- 2xx, or any answer where a binding is left --> Removing
 *                                                      -- else, or Due --> Ended
 * </pre>
 *
 * 401 and 407 are answered in a lower layer; they arrive here only if they cannot be answered.
 */
public final class Registration {
    /** A refresh is sent at a random point between these shares of the interval, so that a thousand edges do not refresh at once. */
    private static final double EARLIEST_REFRESH = 0.70;
    private static final double LATEST_REFRESH = 0.85;
    /** Jitter: a pause is between this share of its length and the whole. */
    private static final double SHORTEST_PAUSE = 0.5;
    /** Minimum time to a refresh, even if the registrar grants less. */
    private static final Duration SOONEST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 16;
    /** Maximum consecutive 423s that are obeyed. */
    private static final int MOST_RAISES = 3;

    private final RegisterTimes times;
    private final RandomGenerator random;

    /** @param random for jitter */
    public Registration(RegisterTimes times, RandomGenerator random) {
        this.times = times;
        this.random = random;
    }

    /** The state of the registration. */
    public sealed interface State {
        /** Returns when our binding at the registrar expires; empty if it has none. */
        Optional<Instant> bound();

        record Idle() implements State {
            @Override
            public Optional<Instant> bound() {
                return Optional.empty();
            }
        }

        /**
         * A REGISTER has been sent.
         *
         * @param wanted the interval
         * @param failures consecutive failures before it
         * @param raises consecutive increases of the interval
         */
        record Asking(Optional<Instant> bound, Duration wanted, int failures, int raises) implements State {}

        /** @param wanted the interval that the registrar accepts */
        record Bound(Optional<Instant> bound, Duration wanted) implements State {}

        record Pausing(Optional<Instant> bound, Duration wanted, int failures) implements State {}

        /** The registration is no longer wanted, and a REGISTER is in progress. */
        record Leaving(Optional<Instant> bound) implements State {}

        /** The last REGISTER has been sent. */
        record Removing(Optional<Instant> bound) implements State {}

        record Ended() implements State {
            @Override
            public Optional<Instant> bound() {
                return Optional.empty();
            }
        }
    }

    /** An event. */
    public sealed interface Input {
        record Begin() implements Input {}

        record Answered(RegisterAnswer answer) implements Input {}

        /** The timer that was started last has fired. */
        record Due() implements Input {}

        /** The registrar may have lost the binding: it was unavailable and is back. */
        record Refresh() implements Input {}

        /** The registration is no longer wanted. */
        record End() implements Input {}
    }

    /** An action; performed in the order given. */
    public sealed interface Action {
        /** @param expires zero for the removal */
        record Send(Duration expires) implements Action {}

        /** Starts the only timer; stops it first if it is running. */
        record Wait(Duration time) implements Action {}

        /** Reports a response of the registrar. @param answer to the last REGISTER, except a 423 that is obeyed */
        record Tell(RegisterAnswer answer) implements Action {}

        /** Reports that the registration has ended. */
        record TellEnded() implements Action {}
    }

    public record Step(State state, List<Action> actions) {
        static Step to(State state, Action... actions) {
            return new Step(state, List.of(actions));
        }
    }

    public State idle() {
        return new State.Idle();
    }

    /** Handles every input in every state; an input without a meaning in a state changes nothing. */
    public Step on(State state, Input input, Instant now) {
        return switch (state) {
            case State.Idle idle -> switch (input) {
                case Input.Begin begin -> asking(Optional.empty(), times.expires(), 0, 0);
                case Input.End end -> Step.to(new State.Ended(), new Action.TellEnded());
                default -> Step.to(idle);
            };
            case State.Asking asking -> switch (input) {
                case Input.Answered(var answer) -> answered(asking, answer, now);
                case Input.End end -> Step.to(new State.Leaving(asking.bound()), new Action.Wait(times.removal()));
                default -> Step.to(asking);
            };
            case State.Bound bound -> switch (input) {
                case Input.Due due -> asking(still(bound.bound(), now), bound.wanted(), 0, 0);
                case Input.Refresh refresh -> asking(still(bound.bound(), now), bound.wanted(), 0, 0);
                case Input.End end -> removing(bound.bound(), now);
                default -> Step.to(bound);
            };
            case State.Pausing pausing -> switch (input) {
                case Input.Due due -> asking(still(pausing.bound(), now), pausing.wanted(), pausing.failures(), 0);
                case Input.Refresh refresh -> asking(still(pausing.bound(), now), pausing.wanted(), pausing.failures(), 0);
                case Input.End end -> removing(pausing.bound(), now);
                default -> Step.to(pausing);
            };
            case State.Leaving leaving -> switch (input) {
                case Input.Answered(RegisterAnswer.Accepted accepted) -> removing(Optional.of(now.plus(accepted.granted())), now);
                case Input.Answered answered -> removing(leaving.bound(), now);
                case Input.Due due -> Step.to(new State.Ended(), new Action.TellEnded());
                default -> Step.to(leaving);
            };
            case State.Removing removing -> switch (input) {
                case Input.Answered answered -> Step.to(new State.Ended(), new Action.TellEnded());
                case Input.Due due -> Step.to(new State.Ended(), new Action.TellEnded());
                default -> Step.to(removing);
            };
            case State.Ended ended -> Step.to(ended);
        };
    }

    private static Step asking(Optional<Instant> bound, Duration wanted, int failures, int raises) {
        return Step.to(new State.Asking(bound, wanted, failures, raises), new Action.Send(wanted));
    }

    private Step removing(Optional<Instant> bound, Instant now) {
        return still(bound, now).isEmpty()
                ? Step.to(new State.Ended(), new Action.TellEnded())
                : Step.to(new State.Removing(bound), new Action.Send(Duration.ZERO), new Action.Wait(times.removal()));
    }

    private Step answered(State.Asking asking, RegisterAnswer answer, Instant now) {
        return switch (answer) {
            case RegisterAnswer.Accepted accepted when accepted.granted().isPositive() -> Step.to(
                    new State.Bound(Optional.of(now.plus(accepted.granted())), asking.wanted()),
                    new Action.Tell(accepted),
                    new Action.Wait(refresh(accepted.granted())));
            // It was accepted, but no binding is kept: equivalent to a rejection.
            case RegisterAnswer.Accepted accepted -> pausing(asking, accepted, Optional.empty(), now);
            case RegisterAnswer.TooBrief brief when brief.minimum().compareTo(asking.wanted()) > 0 && asking.raises() < MOST_RAISES ->
                asking(asking.bound(), brief.minimum(), asking.failures(), asking.raises() + 1);
            case RegisterAnswer.TooBrief brief -> pausing(asking, brief, Optional.empty(), now);
            case RegisterAnswer.Refused refused -> pausing(asking, refused, Optional.of(times.longestPause()), now);
            case RegisterAnswer.Failed failed -> pausing(asking, failed, failed.after(), now);
        };
    }

    /** @param least minimum pause, requested by the registrar or advisable after a wrong password */
    private Step pausing(State.Asking asking, RegisterAnswer answer, Optional<Duration> least, Instant now) {
        int failures = asking.failures() + 1;
        Duration pause = jittered(pause(failures), SHORTEST_PAUSE, 1);
        Duration wait = least.filter(asked -> asked.compareTo(pause) > 0).orElse(pause);
        Optional<Instant> bound = answer instanceof RegisterAnswer.Accepted ? Optional.empty() : still(asking.bound(), now);
        return Step.to(new State.Pausing(bound, asking.wanted(), failures), new Action.Tell(answer), new Action.Wait(wait));
    }

    /** Returns a pause that doubles with each failure. */
    private Duration pause(int failures) {
        Duration pause = times.firstPause().multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return pause.compareTo(times.longestPause()) > 0 ? times.longestPause() : pause;
    }

    private Duration refresh(Duration granted) {
        Duration refresh = jittered(granted, EARLIEST_REFRESH, LATEST_REFRESH);
        return refresh.compareTo(SOONEST) < 0 ? SOONEST : refresh;
    }

    private Duration jittered(Duration whole, double least, double most) {
        return Duration.ofMillis((long) (whole.toMillis() * (least + (most - least) * random.nextDouble())));
    }

    private static Optional<Instant> still(Optional<Instant> bound, Instant now) {
        return bound.filter(now::isBefore);
    }
}
