package dev.trunkline.edge.outbound;

import dev.trunkline.events.CallRouted;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.sip.ClientTransaction;
import dev.trunkline.sip.UserAgentClient;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipResponse;
import java.util.Optional;

/** Carries the INVITEs of calls out to the gateways of their trunks. */
public interface Dialler {

    /**
     * Never waits.
     *
     * @param tag of our side
     * @param offer the relay's session description
     * @return to cancel it by
     */
    ClientTransaction dial(CallRouted route, OutgoingLeg leg, String tag, String offer, Outcome outcome);

    /**
     * Who sends what follows in the dialog of such a call: a gateway may ask for credentials there, too.
     *
     * @param otherwise who sends where the trunk has none, or is not known any more
     */
    default UserAgentClient within(String trunkId, UserAgentClient otherwise) {
        return otherwise;
    }

    /**
     * Told what becomes of an INVITE, on the lane of its Call-ID or while it is being sent. A gateway is {@code host} or
     * {@code host:port}.
     */
    interface Outcome {
        /** A provisional response, 100 too. */
        void progressed(String gateway, SipResponse response);

        /** The first 2xx. @param sent the INVITE as it was sent there */
        void accepted(String gateway, OutgoingRequest sent, SipResponse response);

        /** A further 2xx, of another phone or of a gateway that was left. */
        void forked(OutgoingRequest sent, SipResponse response);

        /**
         * @param gateway empty where none was tried
         * @param status of the final response; 408 where there was none, 503 where no gateway could be reached
         * @param why a sentence, where it is known better than by the status
         */
        void failed(String gateway, int status, Optional<String> why);
    }
}
