package dev.trunkline.edge.dialog;

import dev.trunkline.events.CallId;
import java.util.Optional;

/**
 * Our tag of a dialog names its call, after the random part (RFC 3261 section 19.3): {@code 1f0c….0198a7…}. An edge that is asked about a
 * dialog that is not its own (RFC 3891) therefore knows the key by which the edge that has it can be reached, without asking all of them.
 * The tag proves nothing: a request that names a dialog must name all of it, to the edge that has it.
 */
public final class CallTag {
    private static final char BETWEEN = '.';
    private static final int LENGTH_OF_ID = 36;

    private CallTag() {}

    /** @param random an unguessable token */
    public static String of(String random, CallId call) {
        return random + BETWEEN + call;
    }

    /** @return empty for a tag that is not ours, or was made before tags named calls */
    public static Optional<CallId> call(String tag) {
        String id = tag.substring(tag.lastIndexOf(BETWEEN) + 1);
        if (id.length() != LENGTH_OF_ID || id.length() == tag.length()) {
            return Optional.empty();
        }
        try {
            CallId call = CallId.of(id);
            return call.toString().equals(id) ? Optional.of(call) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
