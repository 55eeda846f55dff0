package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** Where a trunk's media may come from, in addition to the address in its session description. */
public enum MediaFrom {
    /** From the address that the call was signalled from. */
    SIGNALLING("signalling"),
    /** From any address: the first sender can be the caller. */
    ANYWHERE("anywhere");

    private final String code;

    MediaFrom(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
