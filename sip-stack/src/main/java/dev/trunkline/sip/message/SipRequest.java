package dev.trunkline.sip.message;

import java.util.Optional;

/** A received request. */
public final class SipRequest extends SipMessage {
    public static final String INVITE = "INVITE";
    public static final String ACK = "ACK";
    public static final String BYE = "BYE";
    public static final String CANCEL = "CANCEL";
    public static final String OPTIONS = "OPTIONS";
    public static final String UPDATE = "UPDATE";
    public static final String INFO = "INFO";
    public static final String NOTIFY = "NOTIFY";
    public static final String PRACK = "PRACK";
    public static final String REFER = "REFER";

    private static final String SDP = "application/sdp";

    @Override
    public String method() {
        throw new UnsupportedOperationException();
    }

    /** As received. */
    public String requestUri() {
        throw new UnsupportedOperationException();
    }

    /** The user part of the Request-URI, or the number of a {@code tel:} URI with its parameters; empty if there is none. */
    public String requestUser() {
        return SipUri.user(requestUri());
    }

    /** The URI of the first Contact. */
    public Optional<String> contact() {
        throw new UnsupportedOperationException();
    }

    /** The session description, empty if the body is none or is something else. */
    public Optional<String> sdp() {
        return hasBody() && contentType().equals(SDP) ? Optional.of(body()) : Optional.empty();
    }

    /** Within a dialog (RFC 3261 section 12.2) rather than one that may begin one. */
    public boolean inDialog() {
        return to().tag().isPresent();
    }

    /** Method and sequence number: the rest of a request may name the caller. */
    @Override
    public String toString() {
        return method() + " " + cseq();
    }
}
