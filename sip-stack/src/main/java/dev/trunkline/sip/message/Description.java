package dev.trunkline.sip.message;

import java.util.Optional;

/**
 * What a message's body says of its session, and whether the rest of it may be passed over (RFC 3261 sections 8.2.3 and 20.11,
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
 * Not required is also what a header field refers to by its Content-ID, as Geolocation does (RFC 6442 section 4.2): it is
 * understood with that header field or not at all; and so is whatever stands beside an SDP of the same {@code
 * multipart/alternative}, and an empty part.
 */
public sealed interface Description {

    /** There is none. */
    record None() implements Description {}

    record Sdp(String text) implements Description {}

    /**
     * A request is to be refused with 415.
     *
     * @param contentType that nobody here understands
     * @param sdp what stands beside it, for a message that cannot be refused
     */
    record NotUnderstood(String contentType, Optional<String> sdp) implements Description {}

    /** A multipart body without a boundary or parts, or with too many; a request is to be refused with 400. */
    record Damaged() implements Description {}

    /** Whatever stands in the way of it. */
    default Optional<String> sdp() {
        return switch (this) {
            case Sdp(var text) -> Optional.of(text);
            case NotUnderstood(var type, var sdp) -> sdp;
            case None none -> Optional.empty();
            case Damaged damaged -> Optional.empty();
        };
    }
}
