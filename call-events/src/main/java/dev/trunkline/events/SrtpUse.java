package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether the media of a trunk's calls are encrypted (RFC 3711, keys by RFC 4568). */
public enum SrtpUse {
    OFF("off"),
    /** Offered, and gone without where the other side does not take it. */
    OFFER("offer"),
    /** A call without it does not come about. */
    REQUIRE("require");

    private final String code;

    SrtpUse(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
