package dev.trunkline.edge.outbound;

import dev.trunkline.events.CallRouted;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.sip.ClientTransaction;
import dev.trunkline.sip.UserAgentClient;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipResponse;
import java.util.Optional;

/** Carries the INVITEs of outbound calls to the gateways of their trunks. */
public interface Dialler {

    /**
     * Never blocks.
     *
     * @param tag of our side
     * @param offer the relay's session description
     * @return for cancelling it
     */
    ClientTransaction dial(CallRouted route, OutgoingLeg leg, String tag, String offer, Outcome outcome);

    /**
     * Returns the client that sends further requests in the dialog of such a call: a gateway may ask for credentials
     * there, too.
     *
     * @param otherwise the client if the trunk has none, or is no longer known
     */
    default UserAgentClient within(String trunkId, UserAgentClient otherwise) {
        return otherwise;
    }

    /**
     * Told the outcome of an INVITE, on the lane of its Call-ID or while it is being sent. A gateway is {@code host} or
     * {@code host:port}.
     */
    interface Outcome {
        /** A provisional response, including 100. */
        void progressed(String gateway, SipResponse response);

        /** The first 2xx. @param sent the INVITE as it was sent there */
        void accepted(String gateway, OutgoingRequest sent, SipResponse response);

        /** A further 2xx, of another phone or of a gateway that was abandoned. */
        void forked(OutgoingRequest sent, SipResponse response);

        /**
         * @param gateway empty if none was tried
         * @param status of the final response; 408 if there was none, 503 if no gateway could be reached
         * @param why a sentence, if more is known than the status says
         */
        void failed(String gateway, int status, Optional<String> why);
    }
}
