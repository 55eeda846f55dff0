package dev.trunkline.dispatcher.watch;

import dev.trunkline.events.Agent;
import java.time.Duration;
import java.util.Optional;

/**
 * One agent of the call, the round in which it is asked for, and its progress.
 *
 * @param agent if it has no name, it stands for any worker without one, as in LiveKit's own dispatch
 * @param tries how often LiveKit accepted a dispatch of it
 * @param lastWords why the previous dispatch led to nothing, part of a sentence
 */
record Seat(Agent agent, int round, Progress progress, int tries, Optional<String> lastWords) {

    sealed interface Progress {
        /** Its round has not begun. */
        record Idle() implements Progress {}

        /**
         * It has been asked for, or will be again after a pause.
         *
         * @param instead a dispatch that led to nothing and is taken back first
         */
        record Asking(int failures, Optional<String> lastFailure, Optional<String> instead) implements Progress {}

        /**
         * LiveKit has a dispatch, and nobody has listened because of it.
         *
         * @param ours whether this service made it, as opposed to LiveKit itself
         * @param withoutJob how long no worker has been known to have a job of it
         * @param onTheWay how long a worker has been known to have the job
         * @param seen whether its participant was in the room
         */
        record Taken(String dispatchId, boolean ours, Duration withoutJob, Duration onTheWay, boolean seen)
                implements Progress {
            Taken seenInRoom() {
                return new Taken(dispatchId, ours, withoutJob, onTheWay, true);
            }

            Taken longerWithoutJob(Duration more) {
                return new Taken(dispatchId, ours, withoutJob.plus(more), onTheWay, seen);
            }

            Taken longerOnTheWay(Duration more) {
                return new Taken(dispatchId, ours, withoutJob, onTheWay.plus(more), seen);
            }
        }

        /** It was accepted, and was taken back when the next round began. */
        record TakenBack() implements Progress {}

        record GivenUp(String why) implements Progress {}
    }

    static Seat of(Agent agent, int round) {
        return new Seat(agent, round, new Progress.Idle(), 0, Optional.empty());
    }

    Seat with(Progress changed) {
        return new Seat(agent, round, changed, tries, lastWords);
    }

    Seat asked() {
        return with(new Progress.Asking(0, Optional.empty(), Optional.empty()));
    }

    Seat refused(String why) {
        return progress instanceof Progress.Asking(int failures, Optional<String> last, Optional<String> instead)
                ? with(new Progress.Asking(failures + 1, Optional.of(why), instead))
                : with(new Progress.Asking(1, Optional.of(why), Optional.empty()));
    }

    Seat taken(String dispatchId, boolean ours) {
        var taken = new Progress.Taken(dispatchId, ours, Duration.ZERO, Duration.ZERO, false);
        return new Seat(agent, round, taken, tries + 1, lastWords);
    }

    /** Returns the seat to be asked for again, in place of a dispatch that led to nothing. */
    Seat askedInstead(String dispatchId, String words) {
        var asking = new Progress.Asking(0, Optional.empty(), Optional.of(dispatchId));
        return new Seat(agent, round, asking, tries, Optional.of(words));
    }

    boolean automatic() {
        return agent.name().isEmpty();
    }

    boolean asking() {
        return progress instanceof Progress.Asking;
    }

    int failures() {
        return progress instanceof Progress.Asking asking ? asking.failures() : 0;
    }

    Optional<String> instead() {
        return progress instanceof Progress.Asking asking ? asking.instead() : Optional.empty();
    }

    boolean givenUp() {
        return progress instanceof Progress.GivenUp;
    }

    Optional<String> dispatchId() {
        return progress instanceof Progress.Taken taken ? Optional.of(taken.dispatchId()) : Optional.empty();
    }

    /**
     * Returns the dispatch that LiveKit must no longer offer. What LiveKit dispatched by itself belongs to the room, and so
     * does its replacement once somebody listened: others in the room may also need it, and it ends when the room is empty.
     */
    Optional<String> toTakeBack(boolean somebodyListens) {
        boolean rooms = automatic() && (somebodyListens || progress instanceof Progress.Taken taken && !taken.ours());
        return rooms ? Optional.empty() : dispatchId().or(this::instead);
    }

    /** Describes the progress, as part of a sentence. */
    String story() {
        return lastWords.map(words -> "%s was asked for %s: %s".formatted(who(), times(), words)).orElseGet(this::firstStory);
    }

    private String firstStory() {
        return switch (progress) {
            case Progress.Idle idle -> "it was not yet time to ask for " + who();
            case Progress.Taken taken -> "LiveKit took the dispatch of " + who();
            case Progress.TakenBack back -> "LiveKit took the dispatch of " + who();
            case Progress.GivenUp(String why) -> "LiveKit refused the dispatch of " + who() + " (" + why + ")";
            case Progress.Asking(int failures, Optional<String> last, Optional<String> instead) ->
                last.map(why -> "LiveKit did not take the dispatch of " + who() + " (" + why + ")")
                        .orElse("LiveKit has not answered about " + who());
        };
    }

    private String who() {
        return automatic() ? "an agent without a name" : lastWords.isPresent() ? "agent " + agent.name() : agent.name();
    }

    private String times() {
        return tries == 1 ? "once" : tries + " times";
    }
}
