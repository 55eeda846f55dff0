package dev.trunkline.edge.call;

import dev.trunkline.events.CallId;
import java.util.Optional;

/** A message from one call of a phone to another with which it is to be joined; {@link Joining} draws the exchange. */
public sealed interface JoinInput extends CallInput {

    /** Id of the phone's request. */
    String transfer();

    /** The sender. */
    CallId from();

    /** The phone asked for the join in the other call. @param edge that has that call; empty if it is this edge */
    record Wanted(String transfer, CallId from, Optional<String> edge) implements JoinInput {}

    /** The other call waits for the offer of this call's relay. @param edge that has that call; empty if it is this edge */
    record Promised(String transfer, CallId from, Optional<String> edge) implements JoinInput {}

    /** @param offer of the other call's relay, scrubbed */
    record Offered(String transfer, CallId from, String offer) implements JoinInput {
        /** Hides the description, which may contain keys. */
        @Override
        public String toString() {
            return "Offered[" + transfer + "]";
        }
    }

    /** The other call's relay sends to ours. @param answer of that relay, scrubbed */
    record Answered(String transfer, CallId from, String answer) implements JoinInput {
        /** Hides the description, which may contain keys. */
        @Override
        public String toString() {
            return "Answered[" + transfer + "]";
        }
    }

    /**
     * The join fails, or the other call is over.
     *
     * @param status for the phone that asked, 400 to 699
     * @param why a sentence
     */
    record Over(String transfer, CallId from, int status, String why) implements JoinInput {}
}
