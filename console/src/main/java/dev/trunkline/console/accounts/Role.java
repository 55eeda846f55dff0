package dev.trunkline.console.accounts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an account may do. */
public enum Role {
    /** Everything. */
    ADMIN,
    /** Everything that its organisation may. */
    TENANT,
    /** Live calls and history of its organisation, and notes. */
    DESK,
    /** Reads everything, of its organisation if it has one, and changes nothing. */
    SUPPORT;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
