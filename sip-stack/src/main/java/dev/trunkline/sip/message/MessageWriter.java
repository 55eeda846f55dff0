package dev.trunkline.sip.message;

import java.util.Optional;

/** Messages to octets, without strings in between. Never writes a CR or LF that a value holds. */
public final class MessageWriter {
    private MessageWriter() {}

    /**
     * A response: Via (all, in order, the topmost with {@code received} and {@code rport} as RFC 3581 section 4 and RFC 3261
     * section 18.2.1 ask), From, To (with the reply's tag where the request has none), Call-ID, CSeq, Record-Route (on those
     * that make a dialog, RFC 3261 section 12.1.1), then the reply's own.
     *
     * @param contact the whole value, with angle brackets
     */
    public static byte[] response(SipRequest request, OutgoingResponse reply, Optional<String> contact) {
        throw new UnsupportedOperationException();
    }

    /**
     * @param via value of the only Via, with its branch
     * @param contact the whole value, with angle brackets
     */
    public static byte[] request(OutgoingRequest request, String via, Optional<String> contact) {
        throw new UnsupportedOperationException();
    }

    /**
     * The ACK of a response other than 2xx, which is the transaction's (RFC 3261 section 17.1.1.3).
     *
     * @param invite as it was sent
     */
    public static byte[] ack(byte[] invite, SipResponse response) {
        throw new UnsupportedOperationException();
    }

    /** The CANCEL of an INVITE that was sent (RFC 3261 section 9.1). */
    public static byte[] cancel(byte[] invite) {
        throw new UnsupportedOperationException();
    }
}
