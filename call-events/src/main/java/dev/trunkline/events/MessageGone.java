package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a message is no longer there. */
public enum MessageGone {
    /** Its organisation's retention time is over. */
    EXPIRED("expired"),
    /** Somebody deleted it through the API. */
    DELETED("deleted");

    private final String code;

    MessageGone(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
