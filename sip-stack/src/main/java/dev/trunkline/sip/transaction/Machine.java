package dev.trunkline.sip.transaction;

/**
 * One of the four state machines. It holds no transaction: the state is passed in and returned.
 *
 * @param <S> its states
 */
public sealed interface Machine<S> permits InviteServer, RequestServer, InviteClient, RequestClient {
    /** Returns the first step: the request has just arrived, or is to be sent. */
    Step<S> begin();

    /** Handles every input in every state; an input without a meaning in a state changes nothing. */
    Step<S> on(S state, Input input);

    /** Returns whether the transaction has ended and must be forgotten, with every timer that still runs. */
    boolean over(S state);
}
