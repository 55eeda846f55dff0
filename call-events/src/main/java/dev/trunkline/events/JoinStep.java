package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** The steps in which two calls on two edges are joined by their phone; {@link JoinCalls}. */
public enum JoinStep {
    /** The phone requests the join in the call that sends this. */
    WANTED("wanted"),
    /** The call that was asked waits for the offer of the other call's relay. */
    PROMISED("promised"),
    /** That offer. */
    OFFERED("offered"),
    /** The session description with which the relay of the call that was asked answers the offer. */
    ANSWERED("answered"),
    /** The join fails, or the call that sends this is over. */
    OVER("over");

    private final String code;

    JoinStep(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
