package dev.trunkline.sip.register;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One binding of one account at a registrar, kept for as long as somebody wants it (RFC 3261 section 10).
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
 * 401 and 407 are answered below it: what comes here is what is left when nothing can be answered any more.
 */
public final class Registration {
    /** A refresh comes when between these shares of the interval are over, by chance: a thousand edges do not come at once. */
    private static final double EARLIEST_REFRESH = 0.70;
    private static final double LATEST_REFRESH = 0.85;
    /** A pause is between this share of itself and the whole. */
    private static final double SHORTEST_PAUSE = 0.5;
    /** A registrar that grants less is not asked more often. */
    private static final Duration SOONEST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 16;
    /** 423s in a row that are obeyed. */
    private static final int MOST_RAISES = 3;

    private final RegisterTimes times;
    private final RandomGenerator random;

    /** @param random for jitter */
    public Registration(RegisterTimes times, RandomGenerator random) {
        this.times = times;
        this.random = random;
    }

    /** Where it stands. */
    public sealed interface State {
        /** Until when the registrar keeps a binding of ours; empty if it has none. */
        Optional<Instant> bound();

        record Idle() implements State {
            @Override
            public Optional<Instant> bound() {
                return Optional.empty();
            }
        }

        /**
         * A REGISTER is on its way.
         *
         * @param wanted the interval
         * @param failures in a row before it
         * @param raises of the interval in a row
         */
        record Asking(Optional<Instant> bound, Duration wanted, int failures, int raises) implements State {}

        /** @param wanted the interval that the registrar takes */
        record Bound(Optional<Instant> bound, Duration wanted) implements State {}

        record Pausing(Optional<Instant> bound, Duration wanted, int failures) implements State {}

        /** Nobody wants it any more, and a REGISTER is on its way. */
        record Leaving(Optional<Instant> bound) implements State {}

        /** The last REGISTER is on its way. */
        record Removing(Optional<Instant> bound) implements State {}

        record Ended() implements State {
            @Override
            public Optional<Instant> bound() {
                return Optional.empty();
            }
        }
    }

    /** What can happen. */
    public sealed interface Input {
        record Begin() implements Input {}

        record Answered(RegisterAnswer answer) implements Input {}

        /** The timer that was asked for last ran out. */
        record Due() implements Input {}

        /** The registrar may have forgotten the binding: it was away and is back. */
        record Refresh() implements Input {}

        /** Nobody wants it any more. */
        record End() implements Input {}
    }

    /** What is to be done, in the order given. */
    public sealed interface Action {
        /** @param expires zero for the removal */
        record Send(Duration expires) implements Action {}

        /** Begins the one timer; one that runs is stopped. */
        record Wait(Duration time) implements Action {}

        /** What the registrar said is news. @param answer of the last REGISTER but a 423 that was obeyed */
        record Tell(RegisterAnswer answer) implements Action {}

        /** It is over. */
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

    /** Takes every input in every state; what means nothing there changes nothing. */
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
            // It was accepted, and nothing is kept: as good as refused.
            case RegisterAnswer.Accepted accepted -> pausing(asking, accepted, Optional.empty(), now);
            case RegisterAnswer.TooBrief brief when brief.minimum().compareTo(asking.wanted()) > 0 && asking.raises() < MOST_RAISES ->
                asking(asking.bound(), brief.minimum(), asking.failures(), asking.raises() + 1);
            case RegisterAnswer.TooBrief brief -> pausing(asking, brief, Optional.empty(), now);
            case RegisterAnswer.Refused refused -> pausing(asking, refused, Optional.of(times.longestPause()), now);
            case RegisterAnswer.Failed failed -> pausing(asking, failed, failed.after(), now);
        };
    }

    /** @param least that the registrar asks for, or that a wrong password makes wise */
    private Step pausing(State.Asking asking, RegisterAnswer answer, Optional<Duration> least, Instant now) {
        int failures = asking.failures() + 1;
        Duration pause = jittered(pause(failures), SHORTEST_PAUSE, 1);
        Duration wait = least.filter(asked -> asked.compareTo(pause) > 0).orElse(pause);
        Optional<Instant> bound = answer instanceof RegisterAnswer.Accepted ? Optional.empty() : still(asking.bound(), now);
        return Step.to(new State.Pausing(bound, asking.wanted(), failures), new Action.Tell(answer), new Action.Wait(wait));
    }

    /** Twice as long each time. */
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
