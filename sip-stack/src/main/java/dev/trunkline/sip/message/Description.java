package dev.trunkline.sip.message;

import java.util.Optional;

/**
 * What a message's body says about its session, and whether the rest of it may be ignored (RFC 3261 sections 8.2.3 and 20.11,
 * RFC 5621).
 *
 * <pre>
 *   body --none, or handling=optional and not understood--> None
 *      +--application/sdp--> Sdp
 *      +--multipart: a part that is required and not understood --> NotUnderstood
 *      |             else the part that is SDP for the session --> Sdp, and without one None
 *      +--anything else--> NotUnderstood
 * </pre>
 *
 * These parts are not required either: a part that a header field references by its Content-ID, as Geolocation does (RFC 6442
 * section 4.2), because it is understood with that header field or not at all; a part beside an SDP in the same {@code
 * multipart/alternative}; and an empty part.
 */
public sealed interface Description {

    /** The body has none. */
    record None() implements Description {}

    record Sdp(String text) implements Description {}

    /**
     * A request must be rejected with 415.
     *
     * @param contentType the type that is not understood
     * @param sdp the SDP beside it, for a message that cannot be rejected
     */
    record NotUnderstood(String contentType, Optional<String> sdp) implements Description {}

    /** A multipart body without a boundary or parts, or with too many parts; a request must be rejected with 400. */
    record Damaged() implements Description {}

    /** Returns the SDP, even if another part is not understood. */
    default Optional<String> sdp() {
        return switch (this) {
            case Sdp(var text) -> Optional.of(text);
            case NotUnderstood(var type, var sdp) -> sdp;
            case None none -> Optional.empty();
            case Damaged damaged -> Optional.empty();
        };
    }
}
