package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a call was made, if not to talk to somebody. */
public enum CallPurpose {
    /** Made by a tool to check whether the suite works: no statistic and no bill counts it. */
    TRIAL("trial");

    private final String code;

    CallPurpose(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
