package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** What an agent or a person in the room must have done before a call with the policy {@link AnswerPolicy#ON_AGENT} is answered. */
public enum WaitFor {
    /** Published audio that the caller can hear, or subscribed to the caller's, whichever comes first. */
    PUBLISHED_OR_LISTENING("published-or-listening"),
    /** Subscribed to the caller's audio. */
    LISTENING("listening");

    private final String code;

    WaitFor(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
