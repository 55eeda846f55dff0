package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a relay treats new calls. */
public enum RelayState {
    TAKING,
    /** It has as many calls as it may have. */
    FULL,
    /** It is being shut down: its calls continue, new ones go elsewhere. */
    DRAINING,
    /** It has ended. */
    GONE;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
