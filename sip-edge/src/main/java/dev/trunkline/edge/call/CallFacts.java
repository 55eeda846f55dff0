package dev.trunkline.edge.call;

import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.events.InviteReceived;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a call from its INVITE on.
 *
 * @param dialog as our first response with a tag creates it
 * @param cseq of the INVITE
 * @param timer what the INVITE says about session timers
 * @param expires when an INVITE without a final response is to end, as the caller wants it (RFC 3261 section 13.3.1)
 * @param reliable whether its provisional responses are to be sent reliably (RFC 3262)
 */
public record CallFacts(
        InviteReceived invite, Dialog dialog, long cseq, TimerHeaders timer, boolean reliable, Optional<Instant> expires) {

    /** The facts of an INVITE without Expires. */
    public CallFacts(InviteReceived invite, Dialog dialog, long cseq, TimerHeaders timer, boolean reliable) {
        this(invite, dialog, cseq, timer, reliable, Optional.empty());
    }

    /** Whether the INVITE has no offer. Then we make the offer, and the answer comes with the ACK, or with a PRACK. */
    boolean delayed() {
        return invite.sdpOffer().isEmpty();
    }

    String tag() {
        return dialog.localTag();
    }

    CallFacts with(Dialog changed) {
        return new CallFacts(invite, changed, cseq, timer, reliable, expires);
    }
}
