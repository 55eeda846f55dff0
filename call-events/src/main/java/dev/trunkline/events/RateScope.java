package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** Over which calls a caller's rate is counted. */
public enum RateScope {
    NUMBER("number"),
    ORGANISATION("organisation");

    private final String code;

    RateScope(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
