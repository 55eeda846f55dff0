package dev.trunkline.events.privacy;

import java.util.Map;
import java.util.Objects;

/**
 * What a call out is to have besides whom it reaches.
 *
 * @param displayName the name in From; empty for none
 * @param keys that the phone hears once it has answered, before the call is one for the room: {@code 0} to {@code 9}, {@code *},
 *     {@code #}, {@code A} to {@code D}, and {@code w} for half a second; empty for none
 * @param dialTone whether the room hears a ringing tone until the answer, or until the other side is heard
 * @param answerHeaders which headers of the 200 the participant is told of as {@code sip.h.*}: {@link #NO_HEADERS}, {@link #X_HEADERS}
 *     or {@link #ALL_HEADERS}
 * @param headersToAttributes further ones, by name, and the attribute that has each
 */
public record DialExtras(
        String displayName, String keys, boolean dialTone, String answerHeaders, Map<String, String> headersToAttributes) {
    /** The most {@link #keys}. */
    public static final int MOST_KEYS = 64;

    public static final String NO_HEADERS = "none";
    /** Those that begin with {@code X-}. */
    public static final String X_HEADERS = "x";

    public static final String ALL_HEADERS = "all";
    public static final DialExtras NONE = new DialExtras("", "", false, NO_HEADERS, Map.of());

    public DialExtras {
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(keys, "keys");
        answerHeaders = answerHeaders == null ? NO_HEADERS : answerHeaders;
        headersToAttributes = headersToAttributes == null ? Map.of() : Map.copyOf(headersToAttributes);
    }

    /** Says nothing: keys may be a secret, and a name somebody's. */
    @Override
    public String toString() {
        return "DialExtras[…]";
    }
}
