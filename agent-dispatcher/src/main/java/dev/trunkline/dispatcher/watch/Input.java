package dev.trunkline.dispatcher.watch;

/** What can happen to a watch. Seats are counted from 0, in the order of the route's agents and then of the fallback's. */
public sealed interface Input {

    /**
     * LiveKit accepted the dispatch of a seat's agent.
     *
     * @param ours false for one that LiveKit made by itself when the room was created
     */
    record Dispatched(int seat, String dispatchId, boolean ours) implements Input {
        public Dispatched(int seat, String dispatchId) {
            this(seat, dispatchId, true);
        }
    }

    /**
     * LiveKit did not accept it.
     *
     * @param why in words, part of a sentence
     * @param forGood whether a retry is pointless
     */
    record Refused(int seat, String why, boolean forGood) implements Input {}

    /** The pause before asking again is over. */
    record RetryDue(int seat) implements Input {}

    /** It is time to look up what became of a dispatch. */
    record LookDue(int seat, String dispatchId) implements Input {}

    /** What became of a dispatch. */
    record Found(int seat, String dispatchId, Whereabouts where) implements Input {}

    /** The caller is in the room. Matters only if a PIN was required. */
    record CallerIn() implements Input {}

    /** Somebody in the room listens to the caller. */
    record SomebodyJoined() implements Input {}

    record PatienceOver(int round) implements Input {}

    /** Everybody left, and a new watch begins for the same call. */
    record Superseded() implements Input {}

    /** The call's last event came. */
    record CallOver() implements Input {}
}
