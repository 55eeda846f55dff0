package dev.trunkline.sip.transaction;

import java.time.Duration;

/** What a transaction asks of who owns it; done in the order given. */
public sealed interface Action {

    /** Send what has just been given: the request, or the response of the user. */
    record Send() implements Action {}

    /** Send again what was sent last: the request, or the last response. */
    record SendAgain() implements Action {}

    /** Send a response that nobody asked for: 100, 200 ms after the INVITE. */
    record SendTrying() implements Action {}

    /** Acknowledge the final response that has just come, or came before (RFC 3261 section 17.1.1.3). */
    record Acknowledge() implements Action {}

    /** Send the CANCEL of the INVITE, in a transaction of its own (RFC 3261 section 9.1). */
    record SendCancel() implements Action {}

    /** Hand what has just come on to the user: a response, or the ACK of a 2xx. */
    record Tell() implements Action {}

    /** Tell the user that no final response came in time: 408 (RFC 3261 section 8.1.3.1). */
    record TellTimeout() implements Action {}

    /** Tell the user that the request could not be sent: 503 (RFC 3261 section 8.1.3.1). */
    record TellUnsent() implements Action {}

    /** Begin a timer; one that runs under that name begins anew. */
    record Start(Timer timer, Duration after) implements Action {}

    record Stop(Timer timer) implements Action {}
}
