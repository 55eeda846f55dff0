package dev.trunkline.sip.net;

import java.time.Instant;

/** Is told about a transport's connections and about messages that are not SIP. Called on any thread; it must be fast. */
public interface TransportWatch {
    /** A connection was accepted or opened. */
    void opened(SipTransportKind transport);

    void closed(SipTransportKind transport, Ending why);

    /** A connection was closed before anything was read. */
    void refused(Ending why);

    /** A datagram was dropped unparsed. */
    void dropped(DropReason why);

    /** A message that is not valid SIP was answered, or dropped. */
    void malformed(boolean answered);

    /** A request was answered 503 because its lane has reached its limits. */
    default void full() {}

    /** A certificate is in use from now on. */
    void certificate(Instant notAfter);

    /** The certificate's files changed and cannot be used; the previous certificate stays in use. */
    void certificateRefused();

    /** How a connection ended. */
    enum Ending {
        /** The peer closed it, or it broke. */
        PEER,
        IDLE,
        /** No accepted message arrived on it in time. */
        SILENT,
        SHUTDOWN,
        UNKNOWN_SOURCE,
        TOO_MANY,
        TOO_MANY_FROM_SOURCE,
        HANDSHAKE_FAILED,
        HANDSHAKE_SLOW,
        /** The certificate of a server that we connected to does not contain the requested name (RFC 5922). */
        WRONG_NAME,
        MESSAGE_SLOW,
        MESSAGE_TOO_LONG,
        WRONG_LENGTH,
        NOT_SIP,
        /** The peer does not read what it is sent. */
        NOT_READING;

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
