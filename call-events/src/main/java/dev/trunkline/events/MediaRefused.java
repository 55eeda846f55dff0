package dev.trunkline.events;

/**
 * The relay cannot accept an offer that the caller's side made during the call (RFC 3261 section 14.2): the edge answers the
 * re-INVITE or UPDATE at once with the reason's status, and the call continues as it was.
 *
 * @param revision of the {@link MediaOffered} that is refused
 * @param reason for example {@link RefusalReason#NO_COMMON_CODEC}
 * @param detail what does not fit, in a sentence for people; included in the response's Warning
 */
public record MediaRefused(CallId callId, String relay, int revision, RefusalReason reason, String detail)
        implements CallEvent {}
