package dev.trunkline.edge.call;

import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallJoined;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.sip.message.SipRequest;
import java.util.Optional;

/**
 * An answered call.
 *
 * @param owners the edge and the relay
 * @param offer the last offer of the caller's side that was answered, scrubbed; empty if the last offer was ours
 * @param answer the relay's session description: its answer to that offer, or its own offer
 * @param revision of the last offer that was accepted; the INVITE's is 0
 * @param lastRevision of the last offer, accepted or not: no later one may be mistaken for it
 * @param refresh a refresh of ours that has no answer yet
 * @param left the one who answered the caller and left, which means that nobody listens now
 * @param leg how it was placed, if it is an outbound call: then the other side is the callee
 * @param referral a REFER of ours that has no outcome yet
 * @param handOver the other side's last REFER
 * @param joint another call of the same phone, with which this one is to be joined, or is joined
 * @param parting further headers of our BYE or REFER
 */
public record Session(
        CallId call,
        Owners owners,
        Dialog dialog,
        String offer,
        String answer,
        int revision,
        int lastRevision,
        Optional<Refresh> refresh,
        Optional<String> left,
        Optional<OutgoingLeg> leg,
        Optional<Referral> referral,
        Optional<HandOver> handOver,
        Optional<Joint> joint,
        Parting parting) {

    /** @param method INVITE or UPDATE */
    public record Refresh(String method, long cseq) {
        boolean invites() {
            return method.equals(SipRequest.INVITE);
        }
    }

    /** @param transfer its id */
    public record Referral(String transfer, long cseq) {
        /** No request of this process has this CSeq. */
        static final long OF_ANOTHER_PROCESS = -1;
    }

    /**
     * A REFER of the other side.
     *
     * @param transfer id of the resulting transfer
     * @param cseq of the REFER
     * @param gone whether the phone has hung up in the meantime: its dialog is over
     * @param first whether it is the first in its dialog
     */
    public record HandOver(String transfer, long cseq, Stage stage, boolean gone, boolean first) {
        /** The progress of the REFER. */
        public enum Stage {
            /** The router has not decided, and the REFER has no answer. */
            ASKED,
            /** 202. */
            UNDER_WAY,
            /** The transfer failed. */
            FAILED,
            /** The call is joined with another, and no longer has a phone. */
            JOINED
        }

        boolean isOpen() {
            return stage == Stage.ASKED || stage == Stage.UNDER_WAY;
        }

        HandOver to(Stage next) {
            return new HandOver(transfer, cseq, next, gone, first);
        }

        HandOver left() {
            return new HandOver(transfer, cseq, stage, true, first);
        }
    }

    /**
     * How two calls are joined ({@link Joining}).
     *
     * @param transfer id of the phone's request
     * @param with the other call
     * @param edge that has that call; empty if it is this edge
     * @param revision of the offer that the own relay makes or answers; 0 before that
     * @param offer that offer, scrubbed
     * @param gone whether the phone has hung up in the meantime: the dialog is over
     */
    public record Joint(
            String transfer, CallId with, Optional<String> edge, Stage stage, int revision, String offer, boolean gone) {
        /** The progress of the join; the call whose phone asked follows the left column. */
        public enum Stage {
            /** The relay is asked for an offer. */
            OFFERING,
            /** The other call has that offer. */
            OFFERED,
            /** This call has promised the other to wait for its offer. */
            PROMISED,
            /** The relay is asked for the answer to that offer. */
            ANSWERING,
            /** The two parties speak with each other, and the phone is gone. */
            JOINED
        }

        static Joint begun(String transfer, CallId with, Optional<String> edge, Stage stage, int revision) {
            return new Joint(transfer, with, edge, stage, revision, "", false);
        }

        /** Returns a join of an earlier process. */
        public static Joint joined(CallJoined said) {
            return begun(said.transfer(), said.with(), said.edge(), Stage.JOINED, 0);
        }

        Joint to(Stage next, int offered, String text) {
            return new Joint(transfer, with, edge, next, offered, text, gone);
        }

        Joint left() {
            return new Joint(transfer, with, edge, stage, revision, offer, true);
        }

        boolean isOpen() {
            return stage != Stage.JOINED;
        }

        boolean isOf(JoinInput said) {
            return transfer.equals(said.transfer()) && with.equals(said.from());
        }
    }

    public Session(
            CallId call, Owners owners, Dialog dialog, String offer, String answer, int revision) {
        this(call, owners, dialog, offer, answer, revision, revision, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Parting.NONE);
    }

    /** Returns the same with another relay. */
    Session at(String relay) {
        return new Session(call, owners.withRelay(relay), dialog, offer, answer, revision, lastRevision, refresh, left, leg, referral, handOver, joint, parting);
    }

    Session with(Dialog changed) {
        return new Session(call, owners, changed, offer, answer, revision, lastRevision, refresh, left, leg, referral, handOver, joint, parting);
    }

    /** Returns the same for an outbound call. */
    public Session of(Optional<OutgoingLeg> out) {
        return new Session(call, owners, dialog, offer, answer, revision, lastRevision, refresh, left, out, referral, handOver, joint, parting);
    }

    /** Returns the same after everybody who listened has left, or somebody listens again. */
    public Session left(Optional<String> who) {
        return new Session(call, owners, dialog, offer, answer, revision, lastRevision, refresh, who, leg, referral, handOver, joint, parting);
    }

    /**
     * Returns the same with a REFER of an earlier process, whose response reached that process or nobody.
     *
     * @param transfer empty for none
     */
    public Session underReferral(Optional<String> transfer) {
        return referring(transfer.map(id -> new Referral(id, Referral.OF_ANOTHER_PROCESS)));
    }

    Session referring(Optional<Referral> asked) {
        return new Session(call, owners, dialog, offer, answer, revision, lastRevision, refresh, left, leg, asked, handOver, joint, parting);
    }

    Session handing(HandOver over) {
        return new Session(call, owners, dialog, offer, answer, revision, lastRevision, refresh, left, leg, referral, Optional.of(over), joint, parting);
    }

    /** @param other empty if the join fails */
    public Session joining(Optional<Joint> other) {
        return new Session(call, owners, dialog, offer, answer, revision, lastRevision, refresh, left, leg, referral, handOver, other, parting);
    }

    /** Whether its phone is gone for good, and the other side is another call. */
    public boolean isJoined() {
        return joint.filter(known -> !known.isOpen()).isPresent();
    }

    /** Whether the phone has hung up, or was sent away: the dialog is over. */
    boolean isGone() {
        return handOver.filter(HandOver::gone).isPresent() || joint.filter(known -> known.gone() || !known.isOpen()).isPresent();
    }

    /** Returns the same with other headers of a BYE or a REFER. */
    public Session parting(Parting given) {
        return new Session(call, owners, dialog, offer, answer, revision, lastRevision, refresh, left, leg, referral, handOver, joint, given);
    }

    Session refreshing(Optional<Refresh> asked) {
        return new Session(call, owners, dialog, offer, answer, revision, lastRevision, asked, left, leg, referral, handOver, joint, parting);
    }

    Session negotiated(String newOffer, String newAnswer, int newRevision) {
        return new Session(call, owners, dialog, newOffer, newAnswer, newRevision,
                Math.max(lastRevision, newRevision), refresh, left, leg, referral, handOver, joint, parting);
    }

    /** Returns the same after an offer, or a request for one. */
    public Session offered(int offeredRevision) {
        return new Session(call, owners, dialog, offer, answer, revision,
                Math.max(lastRevision, offeredRevision), refresh, left, leg, referral, handOver, joint, parting);
    }
}
