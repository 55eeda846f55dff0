package dev.trunkline.dispatcher.watch;

import dev.trunkline.events.Agent;
import java.util.Optional;

/** One agent of the call, and how far asking for it has come. */
record Seat(Agent agent, Progress progress) {

    sealed interface Progress {
        /** Asked, or to be asked again after a pause. */
        record Asking(int failures, Optional<String> lastFailure) implements Progress {}

        record Taken(String dispatchId) implements Progress {}

        record GivenUp(String why) implements Progress {}
    }

    static Seat of(Agent agent) {
        return new Seat(agent, new Progress.Asking(0, Optional.empty()));
    }

    Seat with(Progress changed) {
        return new Seat(agent, changed);
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
            case Progress.Taken taken -> "LiveKit took the dispatch of " + agent.name();
            case Progress.GivenUp(String why) -> "LiveKit refused the dispatch of " + agent.name() + " (" + why + ")";
            case Progress.Asking(int failures, Optional<String> last) ->
                last.map(why -> "LiveKit did not take the dispatch of " + agent.name() + " (" + why + ")")
                        .orElse("LiveKit has not answered about " + agent.name());
        };
    }
}
