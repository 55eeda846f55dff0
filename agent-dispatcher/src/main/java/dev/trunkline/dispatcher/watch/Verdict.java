package dev.trunkline.dispatcher.watch;

import dev.trunkline.dispatcher.watch.Seat.Progress.Taken;
import java.time.Duration;

/** The consequence of a look at a dispatch of which nobody has listened yet. */
sealed interface Verdict {
    Duration BETWEEN_LOOKS = Duration.ofSeconds(3);
    /**
     * Only a dispatch that still has no job after this time has none. LiveKit 1.13 offers it to a worker at once. If it first
     * had to find out which workers exist (every minute, and after one registered), it records which of them took the job only
     * when it has waited 5 s for all answers. A dispatch that is taken back earlier may have an agent who is already talking.
     */
    Duration JOBS_ARE_KNOWN = Duration.ofSeconds(6);

    /** LiveKit's agents themselves warn about a job that has not entered its room after this time. */
    Duration LONGEST_WAY = Duration.ofSeconds(10);

    /** The dispatch leads to nothing. @param words why, part of a sentence */
    record Replace(String words) implements Verdict {}

    /** It is given more time. */
    record LookAgain(Taken taken, Duration after) implements Verdict {}

    static Verdict of(Seat seat, Taken taken, Whereabouts where) {
        return switch (where) {
            case Whereabouts.NoJob none when taken.withoutJob().plus(BETWEEN_LOOKS).compareTo(JOBS_ARE_KNOWN) < 0 ->
                again(taken.longerWithoutJob(BETWEEN_LOOKS));
            case Whereabouts.NoJob none ->
                new Replace(seat.automatic() ? "no worker without a name took the job" : "no worker of that name took the job");
            case Whereabouts.Lost lost -> new Replace("LiveKit lost the dispatch");
            case Whereabouts.Ended(String words) -> new Replace(words);
            case Whereabouts.InRoom in -> again(taken.seenInRoom());
            case Whereabouts.NotTold none -> again(taken);
            case Whereabouts.OnTheWay way when taken.seen() -> new Replace("the agent came into the room and left it again");
            case Whereabouts.OnTheWay way when taken.onTheWay().compareTo(LONGEST_WAY) >= 0 ->
                new Replace("a worker took the job and did not come into the room");
            case Whereabouts.OnTheWay way -> again(taken.longerOnTheWay(BETWEEN_LOOKS));
        };
    }

    private static Verdict again(Taken taken) {
        return new LookAgain(taken, BETWEEN_LOOKS);
    }
}
