package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** For what the suite calls out. */
public enum DialPurpose {
    /** A call of its own, asked for by a program. */
    DIAL("dial"),
    /** The caller of another call is handed over to whom it reaches. */
    TRANSFER("transfer"),
    /** A call that came in goes on to whom it reaches. */
    FORWARD("forward");

    private final String code;

    DialPurpose(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
