package dev.trunkline.sip.net;

import java.time.Instant;

/** Told what a transport does with connections and with what is no SIP. Called on any thread; it must be quick. */
public interface TransportWatch {
    /** A connection was taken or made. */
    void opened(SipTransportKind transport);

    void closed(SipTransportKind transport, Ending why);

    /** A connection was closed before anything was read. */
    void refused(Ending why);

    /** A datagram was dropped unparsed. */
    void dropped(DropReason why);

    /** A message that is no sound SIP was answered, or dropped. */
    void malformed(boolean answered);

    /** A request was answered 503, for its lane keeps as much as it may. */
    default void full() {}

    /** A certificate is in use from now on. */
    void certificate(Instant notAfter);

    /** The certificate's files changed and cannot be used; the one before stays. */
    void certificateRefused();

    /** How a connection ended. */
    enum Ending {
        /** The peer closed it, or it broke. */
        PEER,
        IDLE,
        /** It was made, and nothing that was taken came by it in time. */
        SILENT,
        SHUTDOWN,
        UNKNOWN_SOURCE,
        TOO_MANY,
        TOO_MANY_FROM_SOURCE,
        HANDSHAKE_FAILED,
        HANDSHAKE_SLOW,
        /** The certificate of a server that we connected to is not of the name that was asked for (RFC 5922). */
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
