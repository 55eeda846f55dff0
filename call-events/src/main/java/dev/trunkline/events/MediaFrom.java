package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** From where a trunk's media may come, beside the address in its description. */
public enum MediaFrom {
    /** From the address that the call was signalled from. */
    SIGNALLING("signalling"),
    /** From any address: whoever sends first can be the caller. */
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
