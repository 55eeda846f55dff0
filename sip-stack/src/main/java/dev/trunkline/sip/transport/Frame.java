package dev.trunkline.sip.transport;

/** What a stream holds, piece by piece. */
public sealed interface Frame {
    /** A whole message, without what stood before it. */
    record Message(byte[] bytes) implements Frame {}

    /** CRLF CRLF between messages: the peer wants to know whether we live (RFC 5626 section 3.5.1). */
    record Ping() implements Frame {}

    /**
     * The end of what can be read.
     *
     * @param bytes the message's header section if it was whole, so that it can be answered; else empty
     */
    record Broken(Fault fault, byte[] bytes) implements Frame {}

    /** Why a stream can be read no further: nobody knows any more where the next message begins. */
    enum Fault {
        /** What comes is no SIP. */
        NOT_SIP,
        /** No message may be so long. */
        TOO_LONG,
        /** The Content-Length is no number, is negative, or there are two that differ. */
        WRONG_LENGTH
    }
}
