package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** The calls over which a caller's rate is counted. */
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
