package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a trunk writes numbers. */
public enum NumberForm {
    /** {@code +3225550100}. */
    E164("e164"),
    /** {@code 3225550100}. */
    E164_WITHOUT_PLUS("e164-without-plus"),
    /** {@code 003225550100}, and {@code 025550100} within the trunk's country. */
    NATIONAL("national"),
    /** As it was dialled: extensions of a PBX. */
    AS_DIALLED("as-dialled");

    private final String code;

    NumberForm(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
