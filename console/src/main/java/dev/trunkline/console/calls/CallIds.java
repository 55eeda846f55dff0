package dev.trunkline.console.calls;

import dev.trunkline.events.CallId;
import java.util.Optional;

/** Ids of calls as they stand in a URL. */
public final class CallIds {
    private static final int LENGTH = 36;

    private CallIds() {}

    /** Empty for what is no id of a call. */
    public static Optional<CallId> of(String text) {
        try {
            return text.length() == LENGTH ? Optional.of(CallId.of(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
