package dev.trunkline.edge.calls;

import dev.trunkline.edge.call.CallInput;
import dev.trunkline.edge.call.Replaces;
import dev.trunkline.edge.dialog.CallTag;
import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.edge.sdp.Sdp;
import dev.trunkline.sip.ServerTransaction;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipRequest;
import java.util.List;
import java.util.Optional;

/** An INVITE with Replaces (RFC 3891): another phone of the same side takes the place of a phone that is in a call. */
final class ReplacingInvites {
    static final String REPLACES = "Replaces";

    private static final int BAD = 400;
    private static final int FORBIDDEN = 403;
    private static final int NO_DIALOG = 481;
    private static final int BUSY = 486;

    private final CallParts parts;
    private final Calls calls;
    private final FrontDoor front;
    private final Refusals refusals;

    ReplacingInvites(CallParts parts, Calls calls, FrontDoor front, Refusals refusals) {
        this.parts = parts;
        this.calls = calls;
        this.front = front;
        this.refusals = refusals;
    }

    /** @param invite with that header */
    void take(ServerTransaction transaction, SipRequest invite) {
        List<String> values = invite.headers().values(REPLACES);
        Optional<Replaces> wanted = values.size() == 1 ? Replaces.parse(values.getFirst()) : Optional.empty();
        if (wanted.isEmpty()) {
            refuse(transaction, BAD, "exactly one Replaces with to-tag and from-tag is required");
            return;
        }
        Optional<Call> call = calls.ofDialog(wanted.get().dialog());
        if (call.isEmpty()) {
            refuse(transaction, NO_DIALOG, missing(wanted.get()));
        } else if (!front.believes(call.get(), invite)) {
            refuse(transaction, FORBIDDEN, "another trunk's call");
        } else if (wanted.get().earlyOnly() && !call.get().isEarly()) {
            refuse(transaction, BUSY, "the call is already answered");
        } else {
            Dialog dialog = Dialog.answering(invite, CallTag.of(parts.tags().get(), call.get().id()));
            Dialog own = call.get().origin().flatMap(Origin::trunkId).map(dialog::of).orElse(dialog);
            call.get().on(
                    new CallInput.TakenOver(own, invite.cseq(), invite.sdp().map(Sdp::scrubbed), TimerHeaders.of(invite.headers())),
                    transaction);
        }
    }

    /** A call is taken over at the edge that has it, because the Contact of its dialog leads there (RFC 3891 section 5). */
    private String missing(Replaces wanted) {
        boolean others = CallTag.call(wanted.dialog().localTag())
                .filter(named -> calls.byKey(named.toString()).isEmpty() && !parts.lateRelays().remembers(named.toString()))
                .isPresent();
        return others ? "there is no such dialog here; if it exists, it is where its Contact points" : "there is no such dialog";
    }

    private void refuse(ServerTransaction transaction, int status, String why) {
        refusals.answer(transaction, OutgoingResponse.of(status).with(SipHeader.reason(status, why)));
    }
}
