package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** When the edge sends 200 to an INVITE. */
public enum AnswerPolicy {
    /** Only when an agent or a person is there, as defined by {@link WaitFor}; 180 until then. */
    ON_AGENT("on-agent"),
    /** As soon as media is ready. */
    IMMEDIATE("immediate");

    private final String code;

    AnswerPolicy(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
