package dev.trunkline.edge.call;

import dev.trunkline.edge.call.CallInput.HandOver;
import dev.trunkline.edge.call.CallInput.HandOverTold;
import dev.trunkline.edge.call.CallState.Ended;
import dev.trunkline.edge.call.CallState.Up;
import dev.trunkline.edge.call.Effect.AskToHandOver;
import dev.trunkline.edge.call.Effect.Publish;
import dev.trunkline.edge.call.Effect.Release;
import dev.trunkline.edge.call.Effect.Respond;
import dev.trunkline.edge.call.Effect.Send;
import dev.trunkline.edge.call.Effect.Start;
import dev.trunkline.edge.call.Effect.Stop;
import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.call.Session.HandOver.Stage;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A phone transfers the party that it talks to, by REFER (RFC 3515): those in the room talk to somebody else instead of
 * the phone.
 *
 * <pre>
 *   REFER --> command.transfer, of this call, or of the call for which it was placed
 *       call.transfer.started     202, NOTIFY 100
 *       call.transfer.failed      before 202 its status; after it NOTIFY with that status, and the call continues
 *       call.transfer.succeeded   NOTIFY 200, BYE + call.ended (transferred)
 *       nothing in 10 s           480; nothing after 202 in 5 min: NOTIFY 408
 *       BYE meanwhile             200, and the call continues without its phone until the outcome of the REFER is known
 * </pre>
 */
final class HandingOver {
    /** A router decides within milliseconds. */
    static final Duration DECIDED_BY = Duration.ofSeconds(10);
    /** Longer than any ringing time. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private static final String TYPE = SipFragment.TYPE + ";version=2.0";
    private static final int BAD = 400;
    private static final int PENDING = 491;
    private static final int UNAVAILABLE = 480;
    private static final int TIMEOUT = 408;
    private static final int LOWEST_REFUSAL = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final Farewells farewells;

    HandingOver(Farewells farewells) {
        this.farewells = farewells;
    }

    /** Begins a transfer; to be called if the REFER is in order. */
    Step begin(Session session, Function<Session, CallState> same, HandOver refer) {
        if (session.handOver().filter(Session.HandOver::isOpen).isPresent() || session.joint().isPresent()) {
            return refused(session, same, PENDING, "another transfer of the call is under way");
        }
        return switch (refer.to()) {
            case ReferTo.Malformed(var why) -> refused(session, same, BAD, why);
            case ReferTo.Target target -> {
                // The same id if the REFER is handled twice.
                String transfer = UUID.nameUUIDFromBytes(
                        (session.call() + " REFER " + refer.cseq()).getBytes(StandardCharsets.UTF_8)).toString();
                var over = new Session.HandOver(transfer, refer.cseq(), Stage.ASKED, false, session.handOver().isEmpty());
                yield Step.to(
                        same.apply(session.handing(over)),
                        new AskToHandOver(transfer, target.dialled(session.dialog()), target.replaces(), target.referredBy()),
                        new Start(CallTimer.HAND_OVER, DECIDED_BY));
            }
        };
    }

    private static Step refused(Session session, Function<Session, CallState> same, int status, String why) {
        return Step.to(same.apply(session), new Respond(
                Transaction.REQUEST, OutgoingResponse.of(status).with(SipHeader.reason(status, why))));
    }

    Step told(Session session, Function<Session, CallState> same, HandOverTold told) {
        Optional<Session.HandOver> open = session.handOver().filter(Session.HandOver::isOpen);
        return open.map(over -> switch (told.event()) {
            case TransferStarted started when over.transfer().equals(started.transfer()) && over.stage() == Stage.ASKED ->
                started(session, same, over);
            case TransferFailed failed when over.transfer().equals(failed.transfer()) ->
                failed(session, same, over, status(failed), failed.detail());
            case TransferSucceeded done when over.transfer().equals(done.transfer()) -> succeeded(session, over, done);
            default -> Step.to(same.apply(session));
        }).orElseGet(() -> Step.to(same.apply(session)));
    }

    /** The target's status, else the one that the router's reason stands for. */
    private static int status(TransferFailed failed) {
        if (failed.status().isPresent() && failed.status().getAsInt() >= LOWEST_REFUSAL) {
            return failed.status().getAsInt();
        }
        return failed.trace().isEmpty() ? UNAVAILABLE : switch (failed.trace().getLast().step()) {
            case "destination-forbidden" -> FORBIDDEN;
            case "destination-invalid", "no-outbound-trunk" -> NOT_FOUND;
            default -> UNAVAILABLE;
        };
    }

    private static Step started(Session session, Function<Session, CallState> same, Session.HandOver over) {
        return Steps.after(accepted(session, over, same), List.of(new Start(CallTimer.HAND_OVER, LONGEST)));
    }

    /** Sends 202, and a first NOTIFY if the phone is still there. */
    static Step accepted(Session session, Session.HandOver over, Function<Session, CallState> same) {
        Session under = session.handing(over.to(Stage.UNDER_WAY));
        var accepted = new Respond(Transaction.REFER, OutgoingResponse.of(202).withContact());
        return over.gone()
                ? Step.to(same.apply(under), accepted)
                : Step.to(
                        same.apply(under.with(under.dialog().sent())), accepted, notify(under, over, "100 Trying", "active;expires=300"));
    }

    private Step failed(Session session, Function<Session, CallState> same, Session.HandOver over, int status, String detail) {
        return failed(session, same, over, status, detail, EndReason.CALLEE_UNREACHABLE.code());
    }

    /** @param reason in the response to a REFER that had none yet */
    Step failed(
            Session session, Function<Session, CallState> same, Session.HandOver over, int status, String detail, String reason) {
        Session after = session.handing(over.to(Stage.FAILED));
        Step told = switch (over.stage()) {
            case ASKED -> Step.to(same.apply(after), new Respond(Transaction.REFER, OutgoingResponse.of(status)
                    .with(SipHeader.reason(status, reason))));
            case UNDER_WAY -> over.gone() ? Step.to(same.apply(after)) : Step.to(
                    same.apply(after.with(after.dialog().sent())),
                    notify(session, over, status + " Transfer Failed", "terminated;reason=noresource"));
            case FAILED, JOINED -> Step.to(same.apply(after));
        };
        Step stopped = Steps.before(new Stop(CallTimer.HAND_OVER), told);
        return over.gone()
                ? Steps.after(Step.to(new Ended()), join(stopped.effects(), ended(after, who(after), "BYE, and " + detail).effects()))
                : stopped;
    }

    /** The party to which a BYE from the phone belongs. */
    static EndReason who(Session session) {
        return session.leg().isPresent() ? EndReason.CALLEE_HUNG_UP : EndReason.CALLER_HUNG_UP;
    }

    private Step succeeded(Session session, Session.HandOver over, TransferSucceeded done) {
        // The called leg continues without this call, unless it continues with the caller's call.
        Optional<Effect> alone = session.leg().filter(OutgoingLeg::servesParent).isPresent()
                ? Optional.empty()
                : done.leg().map(Effect.LetLegGo::new);
        String how = "REFER from the phone";
        List<Effect> first = over.gone() ? List.of() : List.of(notify(session, over, "200 OK", "terminated;reason=noresource"));
        Session told = session.with(session.dialog().sent()).handing(over.to(Stage.UNDER_WAY));
        Step end = over.gone()
                ? ended(told, EndReason.TRANSFERRED, how)
                : farewells.hangUp(told, EndReason.TRANSFERRED, how, Optional.empty());
        return new Step(end.next(), join(alone.stream().toList(), join(first, end.effects())));
    }

    /** Ends a call whose phone has hung up already. */
    Step ended(Session session, EndReason reason, String detail) {
        return Step.to(
                new Ended(),
                new Publish(farewells.ended(session, reason, detail, Optional.empty()), session.owners(), Optional.empty()),
                new Release(reason.code()));
    }

    /** No outcome of the REFER arrived in time. */
    Step silent(Session session, Function<Session, CallState> same) {
        return session.handOver().filter(Session.HandOver::isOpen)
                .map(over -> failed(session, same, over, over.stage() == Stage.ASKED ? UNAVAILABLE : TIMEOUT,
                        "no outcome of its transfer arrived"))
                .orElseGet(() -> Step.to(same.apply(session)));
    }

    /** Whether the call continues although its phone hangs up. */
    static boolean isOpen(Session session) {
        return session.handOver().filter(over -> over.isOpen() && !over.gone()).isPresent();
    }

    /** Most phones hang up as soon as somebody is called in their place (RFC 5589 section 6.1). */
    static Step left(Session session) {
        return Step.to(
                new Up(session.handing(session.handOver().orElseThrow().left()).refreshing(Optional.empty())),
                new Respond(Transaction.REQUEST, OutgoingResponse.of(200)),
                new Stop(CallTimer.RETRANSMIT), new Stop(CallTimer.ACK), new Stop(CallTimer.OFFER),
                new Stop(CallTimer.REFRESH), new Stop(CallTimer.SESSION));
    }

    static Send notify(Session session, Session.HandOver over, String status, String state) {
        OutgoingRequest notify = session.dialog()
                .request(SipRequest.NOTIFY, List.of(
                        // RFC 3515 section 2.4.6: the NOTIFY of a second REFER must contain its id; some phones do not
                        // expect it for the first.
                        new SipHeader("Event", over.first() ? "refer" : "refer;id=" + over.cseq()),
                        new SipHeader("Subscription-State", state),
                        new SipHeader("Content-Type", TYPE)))
                .refreshing(Optional.of("SIP/2.0 " + status + "\r\n"));
        return new Send(notify);
    }

    private static List<Effect> join(List<Effect> first, List<Effect> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }
}
