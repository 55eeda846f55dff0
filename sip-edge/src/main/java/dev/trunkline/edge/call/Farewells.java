package dev.trunkline.edge.call;

import dev.trunkline.edge.call.CallState.Ended;
import dev.trunkline.edge.call.Effect.Publish;
import dev.trunkline.edge.call.Effect.Release;
import dev.trunkline.edge.call.Effect.Respond;
import dev.trunkline.edge.call.Effect.Send;
import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ways in which we end an answered call. */
final class Farewells {
    private static final int UNAVAILABLE = 480;

    Step hangUp(Session session, EndReason reason, String detail, Optional<Envelope> cause) {
        return Steps.after(parted(session, reason), List.of(
                new Publish(ended(session, reason, detail, Optional.empty()), session.owners(), cause), new Release(reason.code())));
    }

    /** Another service has published the last event already. */
    Step letGo(Session session, EndReason reason) {
        return Steps.after(parted(session, reason), List.of(new Release(reason.code())));
    }

    /** Sends BYE, unless the phone has sent one, and answers a REFER of the phone that has no answer. */
    private static Step parted(Session session, EndReason reason) {
        var effects = new ArrayList<Effect>();
        if (session.handOver().filter(over -> over.stage() == Session.HandOver.Stage.ASKED).isPresent()) {
            effects.add(new Respond(Transaction.REFER, OutgoingResponse.of(UNAVAILABLE).with(SipHeader.reason(UNAVAILABLE, reason.code()))));
        }
        if (!session.isGone()) {
            effects.add(new Send(bye(session, reason)));
        }
        return new Step(new Ended(), effects);
    }

    /** {@link CallStory} adds the rest of the call. @param sipReason as the caller's side gave it */
    CallEnded ended(Session session, EndReason reason, String detail, Optional<String> sipReason) {
        return new CallEnded(
                session.call(), CallMachine.SERVICE, reason, detail, true, 0, Optional.empty(), sipReason);
    }

    /** RFC 3261 section 15.1.1, with a Reason (RFC 3326) and the headers that the call's trunk wants. */
    static OutgoingRequest bye(Session session, EndReason reason) {
        return bye(session.dialog(), reason, session.parting());
    }

    /** As above, also for a dialog that never became a call. */
    static OutgoingRequest bye(Dialog dialog, EndReason reason) {
        return bye(dialog, reason, Parting.NONE);
    }

    private static OutgoingRequest bye(Dialog dialog, EndReason reason, Parting parting) {
        return dialog.request(SipRequest.BYE, parting.after(List.of(SipHeader.reason(reason.cause(), reason.code()))));
    }
}
