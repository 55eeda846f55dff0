package dev.trunkline.rtc;

import java.util.Objects;

/** A join or a request that failed. The message says what to do; {@link #kind()} is for programs. */
public final class RtcException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** No connection to the server's URL. */
        UNREACHABLE,
        /** The server refused the token or the request. */
        REFUSED,
        /** The server ended the session while it was being set up. */
        ENDED,
        /** No UDP path to any of the server's candidates. */
        ICE_FAILED,
        /** The DTLS handshake failed, or the certificate was not the announced one. */
        DTLS_FAILED,
        /** Not completed within the time that the settings allow. */
        TIMEOUT,
        /** The room supports none of the preferred codecs. */
        NO_CODEC,
        /** The server sent something that this library does not understand. */
        PROTOCOL,
        /** The room was left or the library closed. */
        CLOSED
    }

    private final Kind kind;

    public RtcException(Kind kind, String message) {
        this(kind, message, null);
    }

    /** @param cause may be null, as for any exception */
    public RtcException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    public Kind kind() {
        return kind;
    }
}
