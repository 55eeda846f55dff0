package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why the suite makes an outbound call. */
public enum DialPurpose {
    /** A call in its own right, requested by a program. */
    DIAL("dial"),
    /** Another call's caller is transferred to the party that it reaches. */
    TRANSFER("transfer"),
    /** An inbound call is forwarded to the party that it reaches. */
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
