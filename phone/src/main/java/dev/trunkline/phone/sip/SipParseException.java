package dev.trunkline.phone.sip;

/** Thrown for a datagram that is not valid SIP; the message says where. */
public final class SipParseException extends RuntimeException {
    public SipParseException(String message) {
        super(message);
    }
}
