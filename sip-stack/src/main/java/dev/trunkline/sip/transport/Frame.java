package dev.trunkline.sip.transport;

/** A piece of a stream. */
public sealed interface Frame {
    /** A whole message, without anything before it. */
    record Message(byte[] bytes) implements Frame {}

    /** CRLF CRLF between messages: the peer's keep-alive ping (RFC 5626 section 3.5.1). */
    record Ping() implements Frame {}

    /**
     * The point from which the stream cannot be read.
     *
     * @param bytes the message's header section if it was complete, so that it can be answered; otherwise empty
     */
    record Broken(Fault fault, byte[] bytes) implements Frame {}

    /** Why a stream cannot be read further: the start of the next message is unknown. */
    enum Fault {
        /** The data is not SIP. */
        NOT_SIP,
        /** The message is too long. */
        TOO_LONG,
        /** The Content-Length is not a number, is negative, or there are two different ones. */
        WRONG_LENGTH
    }
}
