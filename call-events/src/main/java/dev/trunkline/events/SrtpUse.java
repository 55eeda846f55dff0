package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether the media of a trunk's calls is encrypted (RFC 3711, keys by RFC 4568). */
public enum SrtpUse {
    OFF("off"),
    /** Offered, but not used if the other side does not accept it. */
    OFFER("offer"),
    /** A call without it is not established. */
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
