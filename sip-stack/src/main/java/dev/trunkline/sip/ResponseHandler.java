package dev.trunkline.sip;

import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipResponse;

/** Receives the responses to an outgoing request. Called on the lane of its Call-ID; it must hand its work on and return. */
public interface ResponseHandler {

    /**
     * Called once with the final response; the first one if an INVITE is forked. It is 408 if none came in time, 503 if the
     * request could not be sent anywhere, and 487 if it was cancelled before it was sent.
     */
    void answered(SipResponse response);

    /** Called for a provisional response, including 100. */
    void progressed(SipResponse response);

    /**
     * Called for a 2xx of another phone to the same INVITE (RFC 3261 section 13.2.2.4), which must be acknowledged and ended by
     * BYE.
     */
    default void forked(SipResponse response) {}

    /**
     * Called just before a request is sent in a changed form: with credentials, the first time and after each challenge. The
     * ACK of a 2xx must carry the same credentials (RFC 3261 section 13.2.2.4). Called on any thread.
     */
    default void sending(OutgoingRequest request) {}
}
