package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** The header of an INVITE in which a trunk expects the caller's number. */
public enum CallerIdPlace {
    FROM("from"),
    /** RFC 3325 section 9.1. */
    P_ASSERTED_IDENTITY("p-asserted-identity"),
    /** RFC 3325 section 9.2. */
    P_PREFERRED_IDENTITY("p-preferred-identity"),
    REMOTE_PARTY_ID("remote-party-id"),
    /** RFC 5806. */
    DIVERSION("diversion");

    private final String code;

    CallerIdPlace(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
