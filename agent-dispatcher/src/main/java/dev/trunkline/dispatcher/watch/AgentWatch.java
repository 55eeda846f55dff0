package dev.trunkline.dispatcher.watch;

import dev.trunkline.dispatcher.watch.Plan.Round;
import dev.trunkline.dispatcher.watch.Seat.Progress;
import dev.trunkline.events.Agent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Watches that an agent comes to one call. Immutable: each input gives the next watch and the effects to carry out.
 *
 * <pre>
 *   HELD, where a PIN is asked for
 *     | CallerIn      Refused: retry, longer each time
 *     |                 |      Dispatched: look later; Found no job, or one that ended: withdraw, Ask again
 *     |                 +----+ Found a job on its way, or in the room: look later
 *     v                 |    v   PatienceOver, or every agent of the round refused for good,
 *   begin --Ask, Wait--&gt; WAITING -+ and another round: withdraw, Ask, Wait
 *                       |  |  \ ^-+
 *        SomebodyJoined |  |   \ CallOver, Superseded: withdraw
 *               settle  v  |    \
 *                   JOINED |     \
 *                       |  | the same, and no other round:
 *  CallOver, Superseded |  | tell unavailable, withdraw, settle
 *              withdraw v  v      v
 *                        OVER ---------&gt; Forget, once LiveKit has answered every question
 * </pre>
 *
 * A dispatch that LiveKit accepts after the end, or after the end of its round, is withdrawn at once. An agent has one dispatch at a
 * time, which is replaced only if no agent can come of it any more; once somebody listens, only if no worker has its job. When
 * everybody has left, a new watch begins and this one is superseded.
 */
public final class AgentWatch {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    /** After a restart, events that are still to be read may say that an agent came. */
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(2);

    /** By then LiveKit itself has asked the workers without a name, if the room exists. */
    private static final Duration LIVEKITS_OWN = Duration.ofSeconds(1);

    private enum Phase {
        HELD,
        WAITING,
        JOINED,
        OVER
    }

    private final Plan plan;
    private final Phase phase;
    private final List<Seat> seats;
    private final int round;
    private final Waited waited;

    /** The next watch, and its effects in order. */
    public record Step(AgentWatch watch, List<Effect> effects) {}

    private AgentWatch(Plan plan, Phase phase, List<Seat> seats, int round, Waited waited) {
        this.plan = plan;
        this.phase = phase;
        this.seats = List.copyOf(seats);
        this.round = round;
        this.waited = waited;
    }

    /**
     * @param elapsed since the admission; rounds whose patience has expired by then are skipped, and after the last one nobody is
     *     asked for any more
     */
    public static Step begin(Plan plan, Duration elapsed) {
        return begin(plan, elapsed, List.of());
    }

    /**
     * @param there ids of the dispatches of the first round's agents who already wait in the room, in the agents' order; empty for
     *     none
     */
    public static Step begin(Plan plan, Duration elapsed, List<String> there) {
        List<Seat> seats = new ArrayList<>();
        for (int number = 0; number < plan.rounds().size(); number++) {
            for (Agent agent : plan.rounds().get(number).agents()) {
                seats.add(Seat.of(agent, number));
            }
        }
        var held = new AgentWatch(plan, Phase.HELD, seats, 0, Waited.NOTHING);
        return plan.afterPin() ? new Step(held, List.of()) : held.open(elapsed, there);
    }

    public Step on(Input input) {
        return switch (input) {
            case Input.Dispatched(int seat, String id, boolean ours) -> dispatched(seat, id, ours);
            case Input.Refused(int seat, String why, boolean forGood) -> refused(seat, why, forGood);
            case Input.RetryDue(int seat) -> retryDue(seat);
            case Input.LookDue(int seat, String id) ->
                new Step(this, toLookAt(seat, id) ? List.of(new Effect.Look(seat, id)) : List.of());
            case Input.Found(int seat, String id, Whereabouts where) ->
                toLookAt(seat, id) ? found(seat, where) : new Step(this, List.of());
            case Input.CallerIn() -> phase == Phase.HELD ? open(Duration.ZERO) : new Step(this, List.of());
            case Input.SomebodyJoined() -> joined();
            case Input.PatienceOver(int number) -> patienceOver(number);
            case Input.CallOver(), Input.Superseded() -> over(List.of());
        };
    }

    /** Whether nobody has come and somebody still may. */
    public boolean waiting() {
        return phase == Phase.HELD || phase == Phase.WAITING;
    }

    /** Returns the first dispatch that LiveKit accepted and that was not taken back. */
    public Optional<String> dispatchId() {
        return seats.stream().flatMap(seat -> seat.dispatchId().stream()).findFirst();
    }

    /** Returns the dispatches that LiveKit has because of this watch, as far as is known. */
    public List<String> dispatches() {
        return seats.stream().flatMap(seat -> seat.toTakeBack(false).stream()).toList();
    }

    private Step open(Duration elapsed) {
        return open(elapsed, List.of());
    }

    private Step open(Duration elapsed, List<String> there) {
        List<Round> rounds = plan.rounds();
        Duration end = Duration.ofSeconds(rounds.getFirst().patienceSeconds());
        int current = 0;
        while (end.compareTo(elapsed) <= 0 && current < rounds.size() - 1) {
            current++;
            end = end.plusSeconds(rounds.get(current).patienceSeconds());
        }
        Duration left = end.minus(elapsed);
        int last = left.isPositive() ? current - 1 : current;
        List<Seat> late = seats.stream()
                .map(seat -> seat.round() <= last ? seat.with(new Progress.GivenUp("it was too late to ask")) : seat)
                .toList();
        List<Effect> effects = new ArrayList<>();
        for (int seat = 0; seat < seats.size(); seat++) {
            int of = seats.get(seat).round();
            if (of < current || plan.again() && of > current) {
                effects.add(new Effect.Recall(seat));
            }
        }
        Duration time = left.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : left;
        return new AgentWatch(plan, Phase.WAITING, late, current, waited.passed(rounds.subList(0, current)))
                .ask(effects, time, current == 0 ? there : List.of());
    }

    /** Asks for all agents of the round who were not given up and are not there. @param there as in {@link #begin} */
    private Step ask(List<Effect> before, Duration time, List<String> there) {
        List<Effect> effects = new ArrayList<>(before);
        List<Seat> asked = new ArrayList<>(seats);
        for (int seat = 0; seat < seats.size(); seat++) {
            if (seat < there.size()) {
                asked.set(seat, seats.get(seat).taken(there.get(seat), true));
                effects.add(new Effect.TellDispatched(seat, there.get(seat), 1));
                effects.add(new Effect.LookLater(seat, there.get(seat), Verdict.BETWEEN_LOOKS));
            } else if (seats.get(seat).round() == round && !seats.get(seat).givenUp()) {
                asked.set(seat, seats.get(seat).asked());
                // LiveKit itself asks workers without a name when the room is created.
                boolean byItself = seats.get(seat).automatic() && !plan.again();
                effects.add(byItself ? new Effect.Retry(seat, LIVEKITS_OWN) : new Effect.Ask(seat));
            }
        }
        effects.add(new Effect.Wait(round, time));
        return new Step(new AgentWatch(plan, phase, asked, round, waited), effects);
    }

    private Step dispatched(int seat, String id, boolean ours) {
        AgentWatch next = with(seat, seats.get(seat).taken(id, ours));
        List<Effect> takeBack = ours ? List.of(new Effect.Withdraw(id)) : List.of();
        if (phase == Phase.OVER) {
            return next.forgetIfDone(takeBack);
        }
        if (seats.get(seat).round() < round) {
            return new Step(progress(seat, new Progress.TakenBack()), takeBack);
        }
        int attempt = next.seats.get(seat).tries();
        var look = new Effect.LookLater(seat, id, Verdict.BETWEEN_LOOKS);
        return new Step(next, ours ? List.of(new Effect.TellDispatched(seat, id, attempt), look) : List.of(look));
    }

    private Step refused(int seat, String why, boolean forGood) {
        if (forGood || tooLate(seat)) {
            return progress(seat, new Progress.GivenUp(why)).afterGivingUp();
        }
        AgentWatch next = with(seat, seats.get(seat).refused(why));
        return new Step(next, List.of(new Effect.Retry(seat, pause(next.seats.get(seat).failures()))));
    }

    private Step retryDue(int seat) {
        return tooLate(seat)
                ? progress(seat, new Progress.GivenUp("there was no time left to ask again")).afterGivingUp()
                : new Step(this, List.of(new Effect.Ask(seat, seats.get(seat).instead())));
    }

    /** While the patience lasts, even after somebody else joined. */
    private boolean toLookAt(int seat, String dispatchId) {
        return !tooLate(seat) && seats.get(seat).dispatchId().equals(Optional.of(dispatchId));
    }

    private Step found(int seat, Whereabouts where) {
        Seat looked = seats.get(seat);
        // Once somebody listens, an agent whose job a worker has is left alone, because it may be the one who listens.
        boolean came = phase == Phase.JOINED && !(where instanceof Whereabouts.NoJob);
        if (came || !(looked.progress() instanceof Progress.Taken taken)) {
            return new Step(this, List.of());
        }
        return switch (Verdict.of(looked, taken, where)) {
            case Verdict.Replace(String words) -> new Step(
                    with(seat, looked.askedInstead(taken.dispatchId(), words)),
                    List.of(new Effect.Ask(seat, Optional.of(taken.dispatchId()))));
            case Verdict.LookAgain(Progress.Taken next, Duration after) -> new Step(
                    progress(seat, next), List.of(new Effect.LookLater(seat, taken.dispatchId(), after)));
        };
    }

    private boolean tooLate(int seat) {
        // The one who listens may be an agent that LiveKit itself asked for.
        boolean came = phase == Phase.JOINED && seats.get(seat).automatic();
        return came || phase == Phase.OVER || seats.get(seat).round() < round || waited.out(round);
    }

    private Step afterGivingUp() {
        if (phase == Phase.OVER) {
            return forgetIfDone(List.of());
        }
        boolean nobodyLeft = seats.stream().filter(seat -> seat.round() == round).allMatch(Seat::givenUp);
        return phase == Phase.WAITING && nobodyLeft ? nextRound() : new Step(this, List.of());
    }

    private Step joined() {
        if (phase == Phase.HELD) {
            // If somebody listens, the caller must be in the room.
            Step open = open(Duration.ZERO);
            Step joined = open.watch().joined();
            return new Step(joined.watch(), Stream.concat(open.effects().stream(), joined.effects().stream()).toList());
        }
        return waiting() ? new Step(in(Phase.JOINED), List.of(new Effect.Settle())) : new Step(this, List.of());
    }

    private Step patienceOver(int number) {
        if (number != round) {
            return new Step(this, List.of());
        }
        var next = new AgentWatch(
                plan, phase, seats, round, waited.through(round, plan.rounds().get(round).patienceSeconds()));
        return phase == Phase.WAITING ? next.nextRound() : new Step(next, List.of());
    }

    private Step nextRound() {
        if (round == plan.rounds().size() - 1) {
            return over(List.of(new Effect.TellUnavailable(
                    seats.stream().filter(seat -> !seat.automatic()).map(seat -> seat.agent().name()).toList(),
                    waited.seconds(),
                    Story.of(plan.rounds(), seats, waited))));
        }
        List<Effect> effects = new ArrayList<>();
        List<Seat> without = new ArrayList<>();
        for (Seat seat : seats) {
            seat.toTakeBack(false).ifPresent(id -> effects.add(new Effect.Withdraw(id)));
            without.add(seat.dispatchId().isPresent() ? seat.with(new Progress.TakenBack()) : seat);
        }
        int next = round + 1;
        return new AgentWatch(plan, phase, without, next, waited)
                .ask(effects, Duration.ofSeconds(plan.rounds().get(next).patienceSeconds()), List.of());
    }

    private Step over(List<Effect> before) {
        if (phase == Phase.OVER) {
            return new Step(this, List.of());
        }
        List<Effect> effects = new ArrayList<>(before);
        seats.stream()
                .flatMap(seat -> seat.toTakeBack(phase == Phase.JOINED).stream())
                .forEach(id -> effects.add(new Effect.Withdraw(id)));
        if (waiting()) {
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

    private AgentWatch in(Phase next) {
        return new AgentWatch(plan, next, seats, round, waited);
    }

    private AgentWatch progress(int seat, Progress progress) {
        return with(seat, seats.get(seat).with(progress));
    }

    private AgentWatch with(int seat, Seat sat) {
        List<Seat> changed = new ArrayList<>(seats);
        changed.set(seat, sat);
        return new AgentWatch(plan, phase, changed, round, waited);
    }

    /** 250 ms, 500 ms, 1 s, 2 s, 2 s, … */
    private static Duration pause(int failures) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
}
