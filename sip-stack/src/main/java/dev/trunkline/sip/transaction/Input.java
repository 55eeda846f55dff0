package dev.trunkline.sip.transaction;

/** An event that a transaction handles. */
public sealed interface Input {

    /** The request was retransmitted: its branch, sent-by and method are those of the transaction (RFC 3261 section 17.2.3). */
    record Repeated() implements Input {}

    /** An ACK that belongs to the transaction arrived. */
    record Acknowledged() implements Input {}

    /** The user answers: server side. */
    record Respond(int status) implements Input {}

    /** A response arrived: client side. */
    record Responded(int status) implements Input {}

    /** The user cancels its own INVITE (RFC 3261 section 9.1). */
    record Cancel() implements Input {}

    /** A timer that the machine started has fired. */
    record Fired(Timer timer) implements Input {}

    /** A message could not be sent (RFC 3261 sections 17.1.4 and 17.2.4). */
    record Unsent() implements Input {}
}
