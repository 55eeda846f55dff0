package dev.trunkline.events;

import java.util.Optional;

/**
 * An offer or an answer (RFC 3264) of a call after its INVITE.
 *
 * <pre>
 *   sdpOffer                  a new offer by the caller's side: the relay answers with {@link MediaReady} of this revision
 *   sdpOffer empty            the caller's side asks for an offer: it is in {@link MediaReady} of this revision
 *   sdpOffer empty, sdpAnswer the answer of the caller's side to the relay's offer of this revision
 * </pre>
 *
 * @param revision counts the offers of a call; the INVITE's own offer, or the one that an INVITE without an offer asks
 *     for, is 0
 * @param sdpOffer keys for SRTP are sealed, as in {@link InviteReceived}; likewise in {@code sdpAnswer}
 * @param sealedDialog the dialog's state as it is now, sealed; newer than that in {@link CallAnswered}
 */
public record MediaOffered(
        CallId callId, int revision, String sdpOffer, Optional<String> sdpAnswer, Optional<String> sealedDialog)
        implements CallEvent {

    public MediaOffered {
        sdpAnswer = sdpAnswer == null ? Optional.empty() : sdpAnswer;
        sealedDialog = sealedDialog == null ? Optional.empty() : sealedDialog;
    }

    /** A new offer or, if it is empty, a request for the relay's. */
    public MediaOffered(CallId callId, int revision, String sdpOffer) {
        this(callId, revision, sdpOffer, Optional.empty(), Optional.empty());
    }

    /** The answer to the relay's offer of that revision. */
    public static MediaOffered answering(CallId callId, int revision, String sdpAnswer) {
        return new MediaOffered(callId, revision, "", Optional.of(sdpAnswer), Optional.empty());
    }

    /** Returns the same event with other session descriptions. */
    public MediaOffered withDescriptions(String offer, Optional<String> answer) {
        return new MediaOffered(callId, revision, offer, answer, sealedDialog);
    }
}
