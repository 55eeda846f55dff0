package dev.trunkline.edge.call;

import dev.trunkline.edge.call.CallState.Ended;
import dev.trunkline.edge.call.Effect.Publish;
import dev.trunkline.edge.call.Effect.Release;
import dev.trunkline.edge.call.Effect.Send;
import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipRequest;
import java.util.List;
import java.util.Optional;

/** The ways in which an answered call is ended by us. */
final class Farewells {
    Step hangUp(Session session, EndReason reason, String detail, Optional<Envelope> cause) {
        return Step.to(
                new Ended(),
                new Send(bye(session, reason)),
                new Publish(ended(session, reason, detail, Optional.empty()), session.owners(), cause),
                new Release(reason.code()));
    }

    /** The last event is said already, by somebody else. */
    Step letGo(Session session, EndReason reason) {
        return Step.to(new Ended(), new Send(bye(session, reason)), new Release(reason.code()));
    }

    /** What else there is to say of it {@link CallStory} says. @param sipReason that the caller's side gave */
    CallEnded ended(Session session, EndReason reason, String detail, Optional<String> sipReason) {
        return new CallEnded(
                session.call(), CallMachine.SERVICE, reason, detail, true, 0, Optional.empty(), sipReason);
    }

    /** RFC 3261 section 15.1.1, with a Reason (RFC 3326). */
    private static OutgoingRequest bye(Session session, EndReason reason) {
        return bye(session.dialog(), reason);
    }

    /** Of a dialog that never became a call, too. */
    static OutgoingRequest bye(Dialog dialog, EndReason reason) {
        return dialog
                .request(SipRequest.BYE, List.of(SipHeader.reason(reason.cause(), reason.code())));
    }
}
