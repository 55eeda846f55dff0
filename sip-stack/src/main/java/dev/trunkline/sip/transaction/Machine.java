package dev.trunkline.sip.transaction;

/**
 * One of the four. Knows nothing of one transaction: its state is given and comes back.
 *
 * @param <S> its states
 */
public sealed interface Machine<S> permits InviteServer, RequestServer, InviteClient, RequestClient {
    /** The first step: the request has just come, or is to be sent. */
    Step<S> begin();

    /** Takes every input in every state; what means nothing there changes nothing. */
    Step<S> on(S state, Input input);

    /** Whether it has ended: it is to be forgotten, with every timer that still runs. */
    boolean over(S state);
}
