package dev.trunkline.dispatcher.watch;

import dev.trunkline.dispatcher.watch.Seat.Progress;
import dev.trunkline.events.Agent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Watches that an agent comes to one call. A value: each input gives the next watch and what is to be done.
 *
 * <pre>
 *                 Refused: retry, longer each time
 *                      +----+
 *                      v    |
 *   begin --Ask--&gt; WAITING -+
 *                   |  |  \
 *    SomebodyJoined |  |   \ CallOver: withdraw
 *           settle  v  |    \
 *               JOINED |     \
 *                   |  | PatienceOver, or every agent refused for good:
 *          CallOver |  | tell unavailable, withdraw, settle
 *          withdraw v  v      v
 *                    OVER ---------&gt; Forget, once LiveKit has answered every question
 * </pre>
 *
 * A dispatch that LiveKit takes after the end is withdrawn at once.
 */
public final class AgentWatch {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private enum Phase {
        WAITING,
        JOINED,
        OVER
    }

    private final Phase phase;
    private final List<Seat> seats;
    private final int patienceSeconds;
    private final boolean patienceOver;

    /** The next watch, and what is to be done, in order. */
    public record Step(AgentWatch watch, List<Effect> effects) {}

    private AgentWatch(Phase phase, List<Seat> seats, int patienceSeconds, boolean patienceOver) {
        this.phase = phase;
        this.seats = List.copyOf(seats);
        this.patienceSeconds = patienceSeconds;
        this.patienceOver = patienceOver;
    }

    /**
     * @param agents to ask for; none leaves it to LiveKit's automatic dispatch, and somebody must come all the same
     * @param patienceSeconds for the sentence that says that nobody came
     * @param ask false if patience has run out before the watch began: then nobody is asked any more
     */
    public static Step begin(List<Agent> agents, int patienceSeconds, boolean ask) {
        List<Seat> seats = agents.stream()
                .map(Seat::of)
                .map(seat -> ask ? seat : seat.with(new Progress.GivenUp("it was too late to ask")))
                .toList();
        List<Effect> effects = new ArrayList<>();
        for (int seat = 0; ask && seat < seats.size(); seat++) {
            effects.add(new Effect.Ask(seat));
        }
        return new Step(new AgentWatch(Phase.WAITING, seats, patienceSeconds, false), effects);
    }

    public Step on(Input input) {
        return switch (input) {
            case Input.Dispatched(int seat, String id) -> dispatched(seat, id);
            case Input.Refused(int seat, String why, boolean forGood) -> refused(seat, why, forGood);
            case Input.RetryDue(int seat) -> retryDue(seat);
            case Input.SomebodyJoined() -> joined();
            case Input.PatienceOver() -> patienceOver();
            case Input.CallOver() -> over(List.of());
        };
    }

    /** True while nobody has come and somebody still may. */
    public boolean waiting() {
        return phase == Phase.WAITING;
    }

    /** The first dispatch that LiveKit took, if it took one. */
    public Optional<String> dispatchId() {
        return seats.stream().flatMap(seat -> seat.dispatchId().stream()).findFirst();
    }

    private Step dispatched(int seat, String id) {
        AgentWatch next = progress(seat, new Progress.Taken(id));
        if (phase != Phase.OVER) {
            return new Step(next, List.of(new Effect.TellDispatched(seat, id)));
        }
        return next.forgetIfDone(List.of(new Effect.Withdraw(id)));
    }

    private Step refused(int seat, String why, boolean forGood) {
        int failures = seats.get(seat).progress() instanceof Progress.Asking(int before, var last) ? before + 1 : 1;
        if (forGood || phase == Phase.OVER || patienceOver) {
            return progress(seat, new Progress.GivenUp(why)).afterGivingUp();
        }
        AgentWatch next = progress(seat, new Progress.Asking(failures, Optional.of(why)));
        return new Step(next, List.of(new Effect.Retry(seat, pause(failures))));
    }

    private Step afterGivingUp() {
        if (phase == Phase.OVER) {
            return forgetIfDone(List.of());
        }
        boolean nobodyLeft = seats.stream().allMatch(Seat::givenUp);
        return phase == Phase.WAITING && nobodyLeft ? unavailable() : new Step(this, List.of());
    }

    private Step retryDue(int seat) {
        if (phase == Phase.OVER || patienceOver) {
            return progress(seat, new Progress.GivenUp("there was no time left to ask again")).afterGivingUp();
        }
        return new Step(this, List.of(new Effect.Ask(seat)));
    }

    private Step joined() {
        return phase == Phase.WAITING
                ? new Step(in(Phase.JOINED), List.of(new Effect.Settle()))
                : new Step(this, List.of());
    }

    private Step patienceOver() {
        var next = new AgentWatch(phase, seats, patienceSeconds, true);
        return phase == Phase.WAITING ? next.unavailable() : new Step(next, List.of());
    }

    private Step unavailable() {
        return over(List.of(new Effect.TellUnavailable(story())));
    }

    private Step over(List<Effect> before) {
        if (phase == Phase.OVER) {
            return new Step(this, List.of());
        }
        List<Effect> effects = new ArrayList<>(before);
        seats.stream()
                .flatMap(seat -> seat.dispatchId().stream())
                .forEach(id -> effects.add(new Effect.Withdraw(id)));
        if (phase == Phase.WAITING) {
            effects.add(new Effect.Settle());
        }
        return in(Phase.OVER).forgetIfDone(effects);
    }

    private Step forgetIfDone(List<Effect> before) {
        if (seats.stream().anyMatch(Seat::asking)) {
            return new Step(this, before);
        }
        List<Effect> effects = new ArrayList<>(before);
        effects.add(new Effect.Forget());
        return new Step(this, effects);
    }

    private String story() {
        String waited = "nobody joined within %d s.".formatted(patienceSeconds);
        if (seats.isEmpty()) {
            return "The route names no agent, and " + waited;
        }
        String asked = seats.stream().map(Seat::story).collect(Collectors.joining("; "));
        return patienceOver ? asked + "; " + waited : asked + ".";
    }

    private AgentWatch in(Phase next) {
        return new AgentWatch(next, seats, patienceSeconds, patienceOver);
    }

    private AgentWatch progress(int seat, Progress progress) {
        List<Seat> changed = new ArrayList<>(seats);
        changed.set(seat, seats.get(seat).with(progress));
        return new AgentWatch(phase, changed, patienceSeconds, patienceOver);
    }

    /** 250 ms, 500 ms, 1 s, 2 s, 2 s, … */
    private static Duration pause(int failures) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
}
