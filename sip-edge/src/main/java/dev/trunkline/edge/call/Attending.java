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
 * Tracks who has joined an answered caller. While nobody has, {@link CallTimer#PATIENCE} runs, in case no service reports what became
 * of those who should join.
 */
final class Attending {
    private final CallTimes times;
    private final Farewells farewells;

    Attending(CallTimes times, Farewells farewells) {
        this.times = times;
        this.farewells = farewells;
    }

    /** An agent, a person, or the target to whom the caller was transferred, has joined. */
    Step somebodyThere(Session session, Function<Session, CallState> same) {
        return Step.to(same.apply(session.left(Optional.empty())), new Stop(CallTimer.PATIENCE));
    }

    /**
     * The dispatcher, or a person at the desk, has as long as at first to give the caller somebody.
     *
     * @param route empty if nobody is to take the place: the relay ends the call, or the caller is to wait
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

    /** The timer runs only while nobody has joined. */
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
