package dev.trunkline.edge.call;

import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.Envelope.Owners;
import java.time.Duration;
import java.util.Optional;

/** Where a call is; {@link CallMachine} shows the ways between. */
public sealed interface CallState {

    /** 100 is sent and the suite is asked. */
    record Deciding(CallFacts facts, Owners owners) implements CallState {}

    /**
     * The INVITE has its final response, and router or limiter may have decided otherwise just before.
     *
     * @param last what the edge will say of the call if nobody else has said a last event
     * @param outcome as the caller heard it
     */
    record Settling(CallFacts facts, Owners owners, CallEvent last, String outcome) implements CallState {}

    /**
     * Admitted: 180 is sent.
     *
     * @param answer the relay's SDP, once it is there
     */
    record Ringing(CallFacts facts, Owners owners, AnswerPolicy policy, boolean agentHere, Optional<String> answer)
            implements CallState {}

    /**
     * A 2xx is sent, and its ACK is awaited.
     *
     * @param cseq of the INVITE or re-INVITE that was answered
     * @param interval until the 2xx is sent again
     */
    record Answered(Session session, long cseq, Duration interval) implements CallState {}

    /** Caller and relay exchange media. */
    record Up(Session session) implements CallState {}

    /**
     * A new offer waits for the relay's answer.
     *
     * @param invite true for a re-INVITE, false for an UPDATE (RFC 3311), whose 2xx has no ACK
     */
    record ReinvitePending(Session session, boolean invite, long cseq, String offer, int revision)
            implements CallState {}

    /** Over. */
    record Ended() implements CallState {}
}
