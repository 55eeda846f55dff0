package dev.trunkline.dispatcher.watch;

import dev.trunkline.events.Agent;
import java.util.Optional;

/** One agent of the call, the round that it is asked for in, and how far that has come. */
record Seat(Agent agent, int round, Progress progress) {

    sealed interface Progress {
        /** Its round has not come. */
        record Idle() implements Progress {}

        /** Asked, or to be asked again after a pause. */
        record Asking(int failures, Optional<String> lastFailure) implements Progress {}

        record Taken(String dispatchId) implements Progress {}

        /** It was taken, and taken back when the next round began. */
        record TakenBack() implements Progress {}

        record GivenUp(String why) implements Progress {}
    }

    static Seat of(Agent agent, int round) {
        return new Seat(agent, round, new Progress.Idle());
    }

    Seat with(Progress changed) {
        return new Seat(agent, round, changed);
    }

    Seat asked() {
        return with(new Progress.Asking(0, Optional.empty()));
    }

    boolean asking() {
        return progress instanceof Progress.Asking;
    }

    boolean givenUp() {
        return progress instanceof Progress.GivenUp;
    }

    Optional<String> dispatchId() {
        return progress instanceof Progress.Taken(String id) ? Optional.of(id) : Optional.empty();
    }

    /** Part of a sentence. */
    String story() {
        return switch (progress) {
            case Progress.Idle idle -> "it was not yet time to ask for " + agent.name();
            case Progress.Taken taken -> "LiveKit took the dispatch of " + agent.name();
            case Progress.TakenBack back -> "LiveKit took the dispatch of " + agent.name();
            case Progress.GivenUp(String why) -> "LiveKit refused the dispatch of " + agent.name() + " (" + why + ")";
            case Progress.Asking(int failures, Optional<String> last) ->
                last.map(why -> "LiveKit did not take the dispatch of " + agent.name() + " (" + why + ")")
                        .orElse("LiveKit has not answered about " + agent.name());
        };
    }
}
