package dev.trunkline.sip.transaction;

/** What can happen to a transaction. */
public sealed interface Input {

    /** The request came again: its branch, sent-by and method are those of the transaction (RFC 3261 section 17.2.3). */
    record Repeated() implements Input {}

    /** An ACK that belongs to the transaction came. */
    record Acknowledged() implements Input {}

    /** The user answers: server side. */
    record Respond(int status) implements Input {}

    /** A response came: client side. */
    record Responded(int status) implements Input {}

    /** The user wants an INVITE of its own ended (RFC 3261 section 9.1). */
    record Cancel() implements Input {}

    /** A timer that the machine asked for ran out. */
    record Fired(Timer timer) implements Input {}

    /** What was to be sent could not be sent (RFC 3261 sections 17.1.4 and 17.2.4). */
    record Unsent() implements Input {}
}
