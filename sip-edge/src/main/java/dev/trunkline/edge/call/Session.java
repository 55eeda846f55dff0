package dev.trunkline.edge.call;

import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.MediaStats;
import dev.trunkline.sip.message.SipRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * A call that was answered.
 *
 * @param owners the edge and the relay
 * @param offer the last offer of the caller's side that was answered, scrubbed; empty where the last offer was ours
 * @param answer the relay's session description: its answer to that, or its own offer
 * @param revision of the last offer that was taken; the INVITE's is 0
 * @param lastRevision of the last offer, taken or not: no later one may be mistaken for it
 * @param media the relay's last statistics
 * @param refresh a refresh of ours that has no answer yet
 */
public record Session(
        CallId call,
        Owners owners,
        Dialog dialog,
        Instant answeredAt,
        String offer,
        String answer,
        int revision,
        int lastRevision,
        Optional<MediaStats> media,
        Optional<Refresh> refresh) {

    /** @param method INVITE or UPDATE */
    public record Refresh(String method, long cseq) {
        boolean invites() {
            return method.equals(SipRequest.INVITE);
        }
    }

    public Session(
            CallId call, Owners owners, Dialog dialog, Instant answeredAt, String offer, String answer, int revision) {
        this(call, owners, dialog, answeredAt, offer, answer, revision, revision, Optional.empty(), Optional.empty());
    }

    Session with(Dialog changed) {
        return new Session(call, owners, changed, answeredAt, offer, answer, revision, lastRevision, media, refresh);
    }

    Session with(MediaStats stats) {
        return new Session(call, owners, dialog, answeredAt, offer, answer, revision, lastRevision, Optional.of(stats), refresh);
    }

    Session refreshing(Optional<Refresh> asked) {
        return new Session(call, owners, dialog, answeredAt, offer, answer, revision, lastRevision, media, asked);
    }

    Session negotiated(String newOffer, String newAnswer, int newRevision) {
        return new Session(call, owners, dialog, answeredAt, newOffer, newAnswer, newRevision,
                Math.max(lastRevision, newRevision), media, refresh);
    }

    /** Somebody offers, or is asked to. */
    public Session offered(int offeredRevision) {
        return new Session(call, owners, dialog, answeredAt, offer, answer, revision,
                Math.max(lastRevision, offeredRevision), media, refresh);
    }
}
