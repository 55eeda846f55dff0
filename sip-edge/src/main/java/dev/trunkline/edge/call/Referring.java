package dev.trunkline.edge.call;

import dev.trunkline.edge.call.CallInput.Notify;
import dev.trunkline.edge.call.CallInput.Refer;
import dev.trunkline.edge.call.Effect.Ask;
import dev.trunkline.edge.call.Effect.Publish;
import dev.trunkline.edge.call.Effect.Respond;
import dev.trunkline.edge.call.Effect.Start;
import dev.trunkline.edge.call.Effect.Stop;
import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.events.CallId;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.message.SipUri;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A caller is transferred by REFER (RFC 3515).
 *
 * <pre>
 *   call.transfer.started by REFER --> REFER with Refer-To, Referred-By and {@link Parting}
 *       2xx              its NOTIFYs report the outcome
 *       anything else    call.transfer.failed with the status
 *       NOTIFY 1xx       it is on its way
 *       NOTIFY 2xx       call.transfer.succeeded, BYE + call.ended (transferred)
 *       NOTIFY 3xx-6xx   call.transfer.failed with the status
 *       NOTIFY that ends the subscription without a status, 30 s without a NOTIFY: call.transfer.failed
 * </pre>
 *
 * A transfer that failed leaves the call as it was. Anything else that ends the call ends the transfer with it.
 */
final class Referring {
    /** RFC 3515 sets no limit; an element that accepts a REFER sends 100 at once. */
    static final Duration SILENCE = Duration.ofSeconds(30);

    private final Farewells farewells;

    Referring(Farewells farewells) {
        this.farewells = farewells;
    }

    Step begin(Session session, Function<Session, CallState> same, Refer wanted) {
        if (session.referral().isPresent()) {
            return Step.to(same.apply(session), failed(session, wanted.transfer(), 491, "Another transfer of the call is under way."));
        }
        if (session.isGone() || session.joint().isPresent()) {
            return Step.to(same.apply(session), failed(
                    session, wanted.transfer(), 480, "The call's phone has left and cannot be sent elsewhere."));
        }
        if (!Replies.isTarget(wanted.to())) {
            return Step.to(same.apply(session), failed(
                    session, wanted.transfer(), 404, "The target is not an address that a phone can be sent to."));
        }
        OutgoingRequest refer = session.dialog()
                .request(SipRequest.REFER, Stream.concat(
                        Stream.of(
                                new SipHeader("Refer-To", "<" + reachable(wanted.to(), session.dialog()) + ">"),
                                new SipHeader("Referred-By", "<" + session.dialog().localUri() + ">")),
                        session.parting().after(wanted.headers()).stream()).toList())
                .refreshing(Optional.empty());
        return Step.to(
                same.apply(session.with(session.dialog().sent()).referring(Optional.of(new Session.Referral(wanted.transfer(), refer.cseq())))),
                new Ask(refer),
                new Start(CallTimer.REFERRAL, SILENCE));
    }

    /** Adds the port of the PBX if the target names none and its host is that of the dialog's other side. */
    private static String reachable(String target, Dialog dialog) {
        SipUri to = SipUri.parse(target);
        SipUri there = SipUri.parse(dialog.remoteTarget());
        boolean sipUri = to.scheme().equals("sip") || to.scheme().equals("sips");
        boolean lacks = sipUri && to.port().isEmpty() && to.parameters().isEmpty();
        return lacks && there.port().isPresent() && to.host().equalsIgnoreCase(there.host())
                ? target + ":" + there.port().getAsInt()
                : target;
    }

    /** A caller whose call is not answered cannot be sent elsewhere: there is no dialog to do it in. */
    static Publish tooEarly(CallId call, Owners owners, String transfer) {
        return failed(call, owners, transfer, 480, "The call is not answered yet: its caller cannot be sent elsewhere.");
    }

    Step answered(Session session, Function<Session, CallState> same, OutgoingRequest request, SipResponse answer) {
        boolean awaited = session.referral().filter(known -> known.cseq() == request.cseq()).isPresent();
        Session reached = session.with(session.dialog().reached(answer.cseq()));
        return !awaited || answer.accepts()
                ? Step.to(same.apply(reached))
                : fail(reached, same, answer.status(), "The caller's side did not accept the transfer.");
    }

    Step silent(Session session, Function<Session, CallState> same) {
        return fail(session, same, 408, "The caller's side reported nothing about the transfer for %d s.".formatted(SILENCE.toSeconds()));
    }

    /** Handles a NOTIFY; to be called if it is in order. */
    Step notified(Session session, Function<Session, CallState> same, Notify notify) {
        Step step = told(session, same, notify);
        return Steps.before(new Respond(Transaction.REQUEST, OutgoingResponse.of(200)), step);
    }

    private Step told(Session session, Function<Session, CallState> same, Notify notify) {
        if (session.referral().isEmpty()) {
            return Step.to(same.apply(session));
        }
        int status = notify.status().orElse(0);
        if (status >= 300) {
            return fail(session, same, status, "The caller's side did not reach the target: %d.".formatted(status));
        }
        if (status >= 200) {
            var done = new TransferSucceeded(
                    session.call(), session.referral().get().transfer(), TransferWay.REFER, Optional.empty(), false);
            return Steps.before(new Stop(CallTimer.REFERRAL), Steps.before(
                    new Publish(done, session.owners(), Optional.empty()),
                    farewells.hangUp(session.referring(Optional.empty()), EndReason.TRANSFERRED, "NOTIFY " + status, Optional.empty())));
        }
        if (notify.terminated()) {
            return fail(session, same, 480, "The caller's side ended the transfer without reporting its outcome.");
        }
        return Step.to(same.apply(session), new Start(CallTimer.REFERRAL, SILENCE));
    }

    private static Step fail(Session session, Function<Session, CallState> same, int status, String detail) {
        return session.referral()
                .map(referral -> Step.to(
                        same.apply(session.referring(Optional.empty())),
                        new Stop(CallTimer.REFERRAL),
                        failed(session, referral.transfer(), status, detail)))
                .orElseGet(() -> Step.to(same.apply(session)));
    }

    private static Publish failed(Session session, String transfer, int status, String detail) {
        return failed(session.call(), session.owners(), transfer, status, detail);
    }

    private static Publish failed(CallId call, Owners owners, String transfer, int status, String detail) {
        return new Publish(
                new TransferFailed(call, transfer, Optional.of(TransferWay.REFER), Optional.empty(), OptionalInt.of(status), detail, List.of()),
                owners,
                Optional.empty());
    }
}
