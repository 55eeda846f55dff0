package dev.trunkline.phone.sip;

/** A datagram that is not the SIP that it should be; the message says where. */
public final class SipParseException extends RuntimeException {
    public SipParseException(String message) {
        super(message);
    }
}
