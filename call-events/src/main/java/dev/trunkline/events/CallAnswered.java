package dev.trunkline.events;

/**
 * The edge sent 200.
 *
 * @param setupMillis from the INVITE to the 200
 * @param sealedDialog the dialog's state (RFC 3261 section 12), sealed: an edge that restarts rebuilds the dialog from
 *     it
 */
public record CallAnswered(CallId callId, String edge, AnswerPolicy policy, long setupMillis, String sealedDialog)
        implements CallEvent {}
