package dev.trunkline.dispatcher.watch;

/** What LiveKit and the room report about an accepted dispatch. */
public sealed interface Whereabouts {

    /**
     * No worker has accepted a job of it. LiveKit offers a room's job once, when the dispatch is created, and never
     * again.
     */
    record NoJob() implements Whereabouts {}

    /** LiveKit no longer knows the dispatch, or the room is gone. */
    record Lost() implements Whereabouts {}

    /** @param words how the job ended, part of a sentence */
    record Ended(String words) implements Whereabouts {}

    /** A worker has the job, and its participant is not in the room. */
    record OnTheWay() implements Whereabouts {}

    /** Its participant is in the room. */
    record InRoom() implements Whereabouts {}

    /** LiveKit did not answer. */
    record NotTold() implements Whereabouts {}
}
