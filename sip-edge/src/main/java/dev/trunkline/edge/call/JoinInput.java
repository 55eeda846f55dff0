package dev.trunkline.edge.call;

import dev.trunkline.events.CallId;
import java.util.Optional;

/** What one call says to another of the same phone, which is to be joined with it; {@link Joining} draws the way. */
public sealed interface JoinInput extends CallInput {

    /** Id of the phone's wish. */
    String transfer();

    /** Who says it. */
    CallId from();

    /** The phone asked for it in the other call. @param edge that has that one; empty where it is this one's */
    record Wanted(String transfer, CallId from, Optional<String> edge) implements JoinInput {}

    /** The other call waits for the offer of this one's relay. @param edge that has that one; empty where it is this one's */
    record Promised(String transfer, CallId from, Optional<String> edge) implements JoinInput {}

    /** @param offer of the other call's relay, scrubbed */
    record Offered(String transfer, CallId from, String offer) implements JoinInput {
        /** There may be keys in it. */
        @Override
        public String toString() {
            return "Offered[" + transfer + "]";
        }
    }

    /** The other call's relay sends to ours. @param answer of that relay, scrubbed */
    record Answered(String transfer, CallId from, String answer) implements JoinInput {
        /** There may be keys in it. */
        @Override
        public String toString() {
            return "Answered[" + transfer + "]";
        }
    }

    /**
     * It comes to nothing, or the other call is over.
     *
     * @param status for the phone that asked, 400 to 699
     * @param why a sentence
     */
    record Over(String transfer, CallId from, int status, String why) implements JoinInput {}
}
