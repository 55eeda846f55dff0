package dev.trunkline.events.destinations;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where the other side of an outbound call may redirect it with a 3xx: the party that requested the call pays for what is called
 * then.
 */
public enum Redirects {
    /** To extensions and names of the PBX behind its trunk, which cost nothing. */
    EXTENSIONS("extensions"),
    /** Wherever its trunk may call. */
    ALL("all");

    private final String code;

    Redirects(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
