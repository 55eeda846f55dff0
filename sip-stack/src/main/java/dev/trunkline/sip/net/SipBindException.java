package dev.trunkline.sip.net;

/** The SIP port could not be opened; the message says which and what to do. */
public final class SipBindException extends RuntimeException {
    public SipBindException(String message, Throwable cause) {
        super(message, cause);
    }
}
