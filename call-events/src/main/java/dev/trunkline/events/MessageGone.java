package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a message is no longer there. */
public enum MessageGone {
    /** It was kept for as long as its organisation keeps messages. */
    EXPIRED("expired"),
    /** Somebody deleted it by the API. */
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
