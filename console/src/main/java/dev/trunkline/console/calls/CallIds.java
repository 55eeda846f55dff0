package dev.trunkline.console.calls;

import dev.trunkline.events.CallId;
import java.util.Optional;

/** Parses ids of calls in URLs. */
public final class CallIds {
    private static final int LENGTH = 36;

    private CallIds() {}

    /** Returns empty for text that is not the id of a call. */
    public static Optional<CallId> of(String text) {
        try {
            return text.length() == LENGTH ? Optional.of(CallId.of(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
