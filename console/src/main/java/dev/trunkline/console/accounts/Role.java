package dev.trunkline.console.accounts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The roles of accounts. */
public enum Role {
    /** May do everything. */
    ADMIN,
    /** May do everything that its organisation may. */
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
