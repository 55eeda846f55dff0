package dev.trunkline.events;

/**
 * A re-INVITE brought a new SDP offer in a call that is up; the relay answers with {@link MediaReady} of the same
 * revision.
 *
 * @param revision counts the offers of a call; the INVITE's own is 0
 */
public record MediaOffered(CallId callId, int revision, String sdpOffer) implements CallEvent {}
