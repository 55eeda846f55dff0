package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** Who began the call. */
public enum CallDirection {
    /** A trunk called the suite. */
    INBOUND("inbound"),
    /** The suite called over a trunk. */
    OUTBOUND("outbound");

    private final String code;

    CallDirection(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
