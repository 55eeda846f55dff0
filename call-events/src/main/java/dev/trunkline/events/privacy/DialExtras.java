package dev.trunkline.events.privacy;

import java.util.Map;
import java.util.Objects;

/**
 * Options of an outbound call in addition to its target.
 *
 * @param displayName the name in From; empty for none
 * @param keys that are sent to the phone once it has answered, before the call enters the room: {@code 0} to {@code 9}, {@code *},
 *     {@code #}, {@code A} to {@code D}, and {@code w} for half a second; empty for none
 * @param dialTone whether the room hears a ringing tone until the answer, or until the other side is heard
 * @param answerHeaders which headers of the 200 the participant gets as {@code sip.h.*}: {@link #NO_HEADERS}, {@link #X_HEADERS} or
 *     {@link #ALL_HEADERS}
 * @param headersToAttributes further headers, by name, and the attribute for each
 */
public record DialExtras(
        String displayName, String keys, boolean dialTone, String answerHeaders, Map<String, String> headersToAttributes) {
    /** The maximum length of {@link #keys}. */
    public static final int MOST_KEYS = 64;

    public static final String NO_HEADERS = "none";
    /** Headers that begin with {@code X-}. */
    public static final String X_HEADERS = "x";

    public static final String ALL_HEADERS = "all";
    public static final DialExtras NONE = new DialExtras("", "", false, NO_HEADERS, Map.of());

    public DialExtras {
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(keys, "keys");
        answerHeaders = answerHeaders == null ? NO_HEADERS : answerHeaders;
        headersToAttributes = headersToAttributes == null ? Map.of() : Map.copyOf(headersToAttributes);
    }

    /** Reveals nothing: keys may be a secret, and the name is a person's. */
    @Override
    public String toString() {
        return "DialExtras[…]";
    }
}
