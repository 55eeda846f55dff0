package dev.trunkline.sip;

import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipResponse;
import java.util.function.Consumer;

/** Sends requests (RFC 3261 section 8.1). */
public interface UserAgentClient {

    /**
     * Sends a request in a new client transaction. Never waits: names are resolved outside the lanes (RFC 3263).
     *
     * @param outcome receives the final response once, on the lane of its Call-ID; a 408 if none came, a 503 if it could not be
     *     sent
     */
    ClientTransaction send(OutgoingRequest request, Consumer<SipResponse> outcome);

    /** Does the same, and also reports provisional responses and forks. */
    ClientTransaction send(OutgoingRequest request, ResponseHandler outcome);

    /** Sends the ACK of a 2xx, which no transaction retransmits and which gets no response (RFC 3261 section 13.2.2.4). */
    void acknowledge(OutgoingRequest ack);
}
