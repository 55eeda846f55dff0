package dev.trunkline.sip;

import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipResponse;
import java.util.function.Consumer;

/** Sends requests (RFC 3261 section 8.1). */
public interface UserAgentClient {

    /**
     * Sends a request in a client transaction of its own. Never waits: names are resolved beside the lanes (RFC 3263).
     *
     * @param outcome given the final response once, on the lane of its Call-ID; a 408 if none came, a 503 if it could not be sent
     */
    ClientTransaction send(OutgoingRequest request, Consumer<SipResponse> outcome);

    /** The same, for who wants to hear of provisional responses and forks too. */
    ClientTransaction send(OutgoingRequest request, ResponseHandler outcome);

    /** Sends the ACK of a 2xx, which no transaction repeats and nobody answers (RFC 3261 section 13.2.2.4). */
    void acknowledge(OutgoingRequest ack);
}
