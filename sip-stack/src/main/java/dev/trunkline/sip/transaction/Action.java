package dev.trunkline.sip.transaction;

import java.time.Duration;

/** An action that a transaction requests from its owner; performed in the order given. */
public sealed interface Action {

    /** Send what was just given: the request, or the user's response. */
    record Send() implements Action {}

    /** Send again what was sent last: the request, or the last response. */
    record SendAgain() implements Action {}

    /** Send a response that the user did not give: 100, 200 ms after the INVITE. */
    record SendTrying() implements Action {}

    /** Acknowledge the final response that has arrived now or before (RFC 3261 section 17.1.1.3). */
    record Acknowledge() implements Action {}

    /** Send the CANCEL of the INVITE, in a separate transaction (RFC 3261 section 9.1). */
    record SendCancel() implements Action {}

    /** Hand the message that has just arrived to the user: a response, or the ACK of a 2xx. */
    record Tell() implements Action {}

    /** Tell the user that no final response came in time: 408 (RFC 3261 section 8.1.3.1). */
    record TellTimeout() implements Action {}

    /** Tell the user that the request could not be sent: 503 (RFC 3261 section 8.1.3.1). */
    record TellUnsent() implements Action {}

    /** Start a timer; a timer that runs under that name is restarted. */
    record Start(Timer timer, Duration after) implements Action {}

    record Stop(Timer timer) implements Action {}
}
