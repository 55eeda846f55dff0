package dev.trunkline.edge.call;

import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What can happen to a call. */
public sealed interface CallInput
        permits CallInput.Cancel, CallInput.Ack, CallInput.DialogRequest, CallInput.Answer, CallInput.AnswerAgain, CallInput.Told,
                CallInput.AdmittedInVain, CallInput.RelayLost, CallInput.RelayLeaves, CallInput.Expired, CallInput.NotPublished,
                CallInput.ReadToEnd, CallInput.Drain, CallInput.PartingKnown, CallInput.PartnerLeft, CallInput.ParentOrphaned, CallInput.AnsweredElsewhere,
                CallInput.Refer, CallInput.HandOverTold,
                CallInput.TakenOver, JoinInput, LegInput {

    /** The caller gives up (RFC 3261 section 9.2). */
    record Cancel(GivenReason reason) implements CallInput {
        public Cancel() {
            this(GivenReason.NONE);
        }
    }

    /**
     * The ACK of a 2xx.
     *
     * @param answer its session description, scrubbed: the answer to our offer
     */
    record Ack(long cseq, Optional<String> answer) implements CallInput {}

    /** A request within the dialog. */
    sealed interface DialogRequest extends CallInput {
        long cseq();
    }

    record Bye(long cseq, GivenReason reason) implements DialogRequest {
        public Bye(long cseq) {
            this(cseq, GivenReason.NONE);
        }
    }

    /** An INFO that carries a key, or tries to. */
    record Info(long cseq, ToldKey key) implements DialogRequest {}

    /**
     * A re-INVITE or an UPDATE.
     *
     * @param offer scrubbed; empty if it came without a session description
     * @param contact the new remote target, if any
     * @param timer what it says about session timers
     */
    record Offer(boolean invite, long cseq, Optional<String> offer, Optional<String> contact, TimerHeaders timer)
            implements DialogRequest {}

    /**
     * Acknowledges a provisional response (RFC 3262).
     *
     * @param rack the value of its RAck: RSeq, CSeq and method of that response
     * @param answer its session description, scrubbed
     */
    record Prack(long cseq, String rack, Optional<String> answer) implements DialogRequest {}

    /**
     * A NOTIFY, which may report what became of a REFER (RFC 3515 section 2.4.4).
     *
     * @param status of the response that it reports; empty if it reports none
     * @param terminated whether no further NOTIFY follows
     */
    record Notify(long cseq, OptionalInt status, boolean terminated) implements DialogRequest {}

    /** A REFER: somebody else is to be called in the phone's place. */
    record HandOver(long cseq, ReferTo to) implements DialogRequest {}

    /** Any other request within the dialog. */
    record Other(String method, long cseq) implements DialogRequest {}

    /** The response to a request of ours. */
    record Answer(OutgoingRequest request, SipResponse answer) implements CallInput {}

    /** The 2xx to a re-INVITE of ours, retransmitted. */
    record AnswerAgain(long cseq) implements CallInput {}

    /** An event or command of the suite. */
    record Told(Envelope envelope) implements CallInput {}

    /**
     * The suite admitted the call, and no relay would take it.
     *
     * @param why {@code no-relay} or {@code suite-full}
     */
    record AdmittedInVain(RefusalReason why) implements CallInput {}

    /**
     * A relay is lost. It may no longer be the call's relay.
     *
     * @param lastSaid when it published its last heartbeat, by its own clock
     */
    record RelayLost(String relay, String detail, Optional<Instant> lastSaid) implements CallInput {
        public RelayLost(String relay, String detail) {
            this(relay, detail, Optional.empty());
        }
    }

    /** A draining relay gives its calls away, and another relay would take them. It may no longer be the call's relay. */
    record RelayLeaves(String relay) implements CallInput {}

    /** A timer that was started has expired. */
    record Expired(CallTimer timer) implements CallInput {}

    /** Kafka did not take the INVITE. */
    record NotPublished() implements CallInput {}

    /** All events that were in Kafka when {@link Effect.ReadToEnd} was requested have been read. */
    record ReadToEnd() implements CallInput {}

    /**
     * The other side is to be sent elsewhere, for a transfer.
     *
     * @param to URI; if it is no URI, the transfer fails
     * @param headers further headers of the REFER
     */
    record Refer(String transfer, String to, List<SipHeader> headers) implements CallInput {
        public Refer {
            headers = List.copyOf(headers);
        }

        public Refer(String transfer, String to) {
            this(transfer, to, List.of());
        }

        /** Hides the target. */
        @Override
        public String toString() {
            return "Refer[" + transfer + "]";
        }
    }

    /** The headers that a BYE or a REFER of ours is to have from now on. */
    record PartingKnown(Parting parting) implements CallInput {}

    /** The progress of a REFER of the phone. @param event {@code call.transfer.started}, {@code .succeeded} or {@code .failed} */
    record HandOverTold(CallEvent event) implements CallInput {}

    /**
     * Another phone takes the place of this call's, by an INVITE with Replaces (RFC 3891).
     *
     * @param dialog with that phone, as our 200 creates it
     * @param offer scrubbed; empty if the INVITE came without one
     */
    record TakenOver(Dialog dialog, long cseq, Optional<String> offer, TimerHeaders timer) implements CallInput {}

    /** The call that this one was joined with is over: the parent of a leg, or the leg that took the agents' place. */
    record PartnerLeft() implements CallInput {}

    /** The relay of a leg's parent is lost. */
    record ParentOrphaned() implements CallInput {}

    /** Another leg that rings for the same caller has answered. */
    record AnsweredElsewhere() implements CallInput {}

    /** This process is shutting down. */
    record Drain() implements CallInput {}
}
