package dev.trunkline.sip.message;

import java.util.Optional;

/**
 * A received response, or what a client transaction that has none comes to: 408 where none came in time, 503 where the
 * request could not be sent (RFC 3261 section 8.1.3.1).
 */
public final class SipResponse extends SipMessage {
    public static final int REQUEST_TIMEOUT = 408;
    public static final int SERVICE_UNAVAILABLE = 503;

    /** What a transaction without a response comes to. */
    public static SipResponse missing(OutgoingRequest request, int status) {
        throw new UnsupportedOperationException();
    }

    /** 100 to 699. */
    public int status() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String method() {
        throw new UnsupportedOperationException();
    }

    /** Our tag. */
    public String fromTag() {
        return from().tag().orElse("");
    }

    public String toTag() {
        return to().tag().orElse("");
    }

    /** The URI of the first Contact. */
    public Optional<String> contact() {
        throw new UnsupportedOperationException();
    }

    /** The session description, empty if the body is none or is something else. */
    public Optional<String> sdp() {
        throw new UnsupportedOperationException();
    }

    public boolean accepts() {
        return status() / 100 == 2;
    }

    /** Says nothing of the person. */
    @Override
    public String toString() {
        return status() + " to " + method() + " " + cseq();
    }
}
