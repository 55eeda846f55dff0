package dev.trunkline.edge.call;

import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.sip.message.SipRequest;
import java.util.Optional;

/**
 * A call that was answered.
 *
 * @param owners the edge and the relay
 * @param offer the last offer of the caller's side that was answered, scrubbed; empty where the last offer was ours
 * @param answer the relay's session description: its answer to that, or its own offer
 * @param revision of the last offer that was taken; the INVITE's is 0
 * @param lastRevision of the last offer, taken or not: no later one may be mistaken for it
 * @param refresh a refresh of ours that has no answer yet
 * @param left who answered the caller and left, so that nobody listens now
 * @param leg how it went out, where we called: then the other side is whom we called
 * @param referral a REFER of ours that came to nothing yet
 * @param handOver the other side's last REFER
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
        Optional<HandOver> handOver) {

    /** @param method INVITE or UPDATE */
    public record Refresh(String method, long cseq) {
        boolean invites() {
            return method.equals(SipRequest.INVITE);
        }
    }

    /** @param transfer its id */
    public record Referral(String transfer, long cseq) {
        /** No request of this process has it. */
        static final long OF_ANOTHER_PROCESS = -1;
    }

    /**
     * A REFER of the other side.
     *
     * @param transfer id of what became of it
     * @param cseq of the REFER
     * @param gone whether the phone has hung up meanwhile: its dialog is over
     * @param first whether it is the first in its dialog
     */
    public record HandOver(String transfer, long cseq, Stage stage, boolean gone, boolean first) {
        /** How far it is. */
        public enum Stage {
            /** The router has not decided, and the REFER has no answer. */
            ASKED,
            /** 202. */
            UNDER_WAY,
            /** It came to nothing. */
            FAILED
        }

        boolean isOpen() {
            return stage != Stage.FAILED;
        }

        HandOver to(Stage next) {
            return new HandOver(transfer, cseq, next, gone, first);
        }

        HandOver left() {
            return new HandOver(transfer, cseq, stage, true, first);
        }
    }

    public Session(
            CallId call, Owners owners, Dialog dialog, String offer, String answer, int revision) {
        this(call, owners, dialog, offer, answer, revision, revision, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    /** The same with another relay. */
    Session at(String relay) {
        return new Session(call, owners.withRelay(relay), dialog, offer, answer, revision, lastRevision, refresh, left, leg, referral, handOver);
    }

    Session with(Dialog changed) {
        return new Session(call, owners, changed, offer, answer, revision, lastRevision, refresh, left, leg, referral, handOver);
    }

    /** The same of a call that went out. */
    public Session of(Optional<OutgoingLeg> out) {
        return new Session(call, owners, dialog, offer, answer, revision, lastRevision, refresh, left, out, referral, handOver);
    }

    /** Nobody listens to the caller any more, or somebody does again. */
    public Session left(Optional<String> who) {
        return new Session(call, owners, dialog, offer, answer, revision, lastRevision, refresh, who, leg, referral, handOver);
    }

    /** The same with a REFER of an earlier process, whose answer came to that one or to nobody. @param transfer empty for none */
    public Session underReferral(Optional<String> transfer) {
        return referring(transfer.map(id -> new Referral(id, Referral.OF_ANOTHER_PROCESS)));
    }

    Session referring(Optional<Referral> asked) {
        return new Session(call, owners, dialog, offer, answer, revision, lastRevision, refresh, left, leg, asked, handOver);
    }

    Session handing(HandOver over) {
        return new Session(call, owners, dialog, offer, answer, revision, lastRevision, refresh, left, leg, referral, Optional.of(over));
    }

    /** Whether the phone has hung up, and the call waits for what becomes of its REFER. */
    boolean isGone() {
        return handOver.filter(HandOver::gone).isPresent();
    }

    Session refreshing(Optional<Refresh> asked) {
        return new Session(call, owners, dialog, offer, answer, revision, lastRevision, asked, left, leg, referral, handOver);
    }

    Session negotiated(String newOffer, String newAnswer, int newRevision) {
        return new Session(call, owners, dialog, newOffer, newAnswer, newRevision,
                Math.max(lastRevision, newRevision), refresh, left, leg, referral, handOver);
    }

    /** Somebody offers, or is asked to. */
    public Session offered(int offeredRevision) {
        return new Session(call, owners, dialog, offer, answer, revision,
                Math.max(lastRevision, offeredRevision), refresh, left, leg, referral, handOver);
    }
}
