package dev.trunkline.dispatcher.watch;

import dev.trunkline.dispatcher.watch.Seat.Progress.Taken;
import java.time.Duration;

/** What follows from a look at a dispatch of which nobody has listened yet. */
sealed interface Verdict {
    /**
     * A worker that was going to answer has done so within a second. LiveKit itself waits three seconds for it, so that is
     * how long the third dispatch and later ones have.
     */
    Duration FIRST_LOOK = Duration.ofSeconds(1);

    Duration LAST_LOOK = Duration.ofSeconds(3);
    Duration BETWEEN_LOOKS_AT_A_JOB = Duration.ofSeconds(2);
    /** LiveKit's agents warn of a job themselves that has not entered its room after this time. */
    Duration LONGEST_WAY = Duration.ofSeconds(10);

    /** The dispatch leads to nothing. @param words why, part of a sentence */
    record Replace(String words) implements Verdict {}

    /** It is given its time. */
    record LookAgain(Taken taken, Duration after) implements Verdict {}

    /** @param tries how often the agent was asked for, from 1: 1 s, 2 s, 3 s, 3 s, … */
    static Duration firstLook(int tries) {
        Duration pause = FIRST_LOOK.multipliedBy(Math.max(tries, 1));
        return pause.compareTo(LAST_LOOK) > 0 ? LAST_LOOK : pause;
    }

    static Verdict of(Seat seat, Taken taken, Whereabouts where) {
        return switch (where) {
            case Whereabouts.NoJob none ->
                new Replace(seat.automatic() ? "no worker without a name took the job" : "no worker of that name took the job");
            case Whereabouts.Lost lost -> new Replace("LiveKit lost the dispatch");
            case Whereabouts.Ended(String words) -> new Replace(words);
            case Whereabouts.InRoom in -> again(taken.seenInRoom());
            case Whereabouts.NotTold none -> again(taken);
            case Whereabouts.OnTheWay way when taken.seen() -> new Replace("the agent came into the room and left it again");
            case Whereabouts.OnTheWay way when taken.onTheWay().compareTo(LONGEST_WAY) >= 0 ->
                new Replace("a worker took the job and did not come into the room");
            case Whereabouts.OnTheWay way -> again(taken.longerOnTheWay(BETWEEN_LOOKS_AT_A_JOB));
        };
    }

    private static Verdict again(Taken taken) {
        return new LookAgain(taken, BETWEEN_LOOKS_AT_A_JOB);
    }
}
