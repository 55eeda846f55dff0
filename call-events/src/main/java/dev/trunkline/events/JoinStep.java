package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** How far two calls are that their phone is joining, and that are two edges'; {@link JoinCalls}. */
public enum JoinStep {
    /** The phone asks for it in the call that says so. */
    WANTED("wanted"),
    /** The call that was asked waits for the offer of the other one's relay. */
    PROMISED("promised"),
    /** That offer. */
    OFFERED("offered"),
    /** The description with which the relay of the call that was asked answers it. */
    ANSWERED("answered"),
    /** It comes to nothing, or the call that says so is over. */
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
