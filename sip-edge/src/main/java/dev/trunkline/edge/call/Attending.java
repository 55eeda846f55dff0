package dev.trunkline.edge.call;

import dev.trunkline.edge.call.Effect.Start;
import dev.trunkline.edge.call.Effect.Stop;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who is there for an answered caller: while nobody is, {@link CallTimer#PATIENCE} runs, in case that nobody says what became of those
 * who should come.
 */
final class Attending {
    private final CallTimes times;
    private final Farewells farewells;

    Attending(CallTimes times, Farewells farewells) {
        this.times = times;
        this.farewells = farewells;
    }

    /** An agent, a person, or whoever the caller was handed over to. */
    Step somebodyThere(Session session, Function<Session, CallState> same) {
        return Step.to(same.apply(session.left(Optional.empty())), new Stop(CallTimer.PATIENCE));
    }

    /**
     * The dispatcher, or a person at the desk, has as long to give the caller somebody as at first.
     *
     * @param route empty where nobody is to take the place: the relay ends the call, or the caller is to wait
     */
    Step left(Session session, Function<Session, CallState> same, Optional<CallRouted> route) {
        Step step = Step.to(same.apply(session));
        return route.map(Patience::of).map(this::start).map(start -> Steps.after(step, List.of(start))).orElse(step);
    }

    /** No agent came: the relay carries out what is left of the fallback, or the call ends. */
    Step unavailable(Session session, Function<Session, CallState> same, AgentUnavailable none, Envelope cause) {
        return EarlyFallback.goesOnAnswered(none)
                ? Step.to(same.apply(session.left(none.left())), start(Patience.of(none)))
                : farewells.hangUp(session, reason(none.left()), EarlyFallback.afterAnswer(none), Optional.of(cause));
    }

    /** It runs only while nobody is there. */
    Step patienceOver(Session session) {
        return farewells.hangUp(session, reason(session.left()), Patience.WHY, Optional.empty());
    }

    private Start start(Patience patience) {
        return new Start(CallTimer.PATIENCE, patience.whole().plus(times.patience()));
    }

    private static EndReason reason(Optional<String> left) {
        return left.isPresent() ? EndReason.AGENT_LEFT : EndReason.NO_AGENT;
    }
}
