package dev.trunkline.events;

import java.util.Optional;

/**
 * The edge sent or received 200.
 *
 * @param setupMillis from the INVITE to the 200
 * @param sealedDialog the dialog's state (RFC 3261 section 12), sealed: an edge that restarts rebuilds the dialog from it
 * @param sealedAnswer {@link dev.trunkline.events.privacy.AnswerSecrets}, sealed for the call's id, for an outbound call; empty for
 *     an inbound one
 */
public record CallAnswered(
        CallId callId, String edge, AnswerPolicy policy, long setupMillis, String sealedDialog, Optional<String> sealedAnswer)
        implements CallEvent {

    public CallAnswered {
        sealedAnswer = sealedAnswer == null ? Optional.empty() : sealedAnswer;
    }

    /** For an inbound call. */
    public CallAnswered(CallId callId, String edge, AnswerPolicy policy, long setupMillis, String sealedDialog) {
        this(callId, edge, policy, setupMillis, sealedDialog, Optional.empty());
    }
}
