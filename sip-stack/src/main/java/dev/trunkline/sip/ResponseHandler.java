package dev.trunkline.sip;

import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipResponse;

/** Told what becomes of a request of ours. Called on the lane of its Call-ID, so it must hand on and return. */
public interface ResponseHandler {

    /**
     * The final response, once: the first where an INVITE is forked. A 408 if none came in time, a 503 if it could not be
     * sent anywhere, a 487 if it was cancelled before it was.
     */
    void answered(SipResponse response);

    /** A provisional response, 100 too. */
    void progressed(SipResponse response);

    /** A 2xx of another phone to the same INVITE (RFC 3261 section 13.2.2.4): to be acknowledged, and ended by BYE. */
    default void forked(SipResponse response) {}

    /**
     * Just before it goes out, from who sends it in another form than it was given: with credentials, at first and after each
     * challenge. The ACK of a 2xx must carry the same ones (RFC 3261 section 13.2.2.4). Called on any thread.
     */
    default void sending(OutgoingRequest request) {}
}
