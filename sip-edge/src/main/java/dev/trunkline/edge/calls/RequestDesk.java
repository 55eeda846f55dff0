package dev.trunkline.edge.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.edge.call.CallFacts;
import dev.trunkline.edge.call.CallInput;
import dev.trunkline.edge.call.GivenReason;
import dev.trunkline.edge.call.ReferTo;
import dev.trunkline.edge.call.Replies;
import dev.trunkline.edge.call.SipFragment;
import dev.trunkline.edge.call.ToldKey;
import dev.trunkline.edge.caller.CallerLine;
import dev.trunkline.edge.dialog.DialogKey;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.edge.sdp.Sdp;
import dev.trunkline.edge.trunks.Quotas;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.Trunk;
import dev.trunkline.sip.Door;
import dev.trunkline.sip.ServerTransaction;
import dev.trunkline.sip.SipHandler;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.net.PacketSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jboss.logging.Logger;

/** Takes every incoming request and passes it to its call, or answers it if it has none. */
public final class RequestDesk implements SipHandler {
    private static final Logger LOG = Logger.getLogger(RequestDesk.class);
    /** RFC 6665 section 4.1.3. */
    private static final String TERMINATED = "terminated";

    private final CallParts parts;
    private final Calls calls;
    private final FrontDoor front;
    private final Refusals refusals;
    private final Quotas quotas;
    private final DecisionWindow window;
    private final InviteReader reader;
    private final OwnedCallIds ids;
    private final ReplacingInvites replacing;
    private volatile boolean draining;

    /** @param ids while there are none for new calls, new calls are refused */
    public RequestDesk(
            CallParts parts, Calls calls, FrontDoor front, Quotas quotas, DecisionWindow window, InviteReader reader, OwnedCallIds ids) {
        this.ids = ids;
        this.parts = parts;
        this.calls = calls;
        this.front = front;
        this.refusals = new Refusals(parts);
        this.quotas = quotas;
        this.window = window;
        this.reader = reader;
        this.replacing = new ReplacingInvites(parts, calls, front, refusals);
    }

    /** From now on OPTIONS and new INVITEs get 503. */
    public void drain() {
        draining = true;
    }

    /** Whether new calls are refused: their trunk then goes elsewhere. */
    private boolean closed() {
        return draining || !ids.any();
    }

    @Override
    public Door door(SipRequest request) {
        return front.judge(request, closed(), this::take);
    }

    @Override
    public void request(ServerTransaction transaction) {
        take(transaction, Optional.empty());
    }

    /** @param trunk to which a new call belongs */
    private void take(ServerTransaction transaction, Optional<Trunk> trunk) {
        try {
            serve(transaction, trunk);
        } catch (Throwable fault) {
            parts.faults().caught("request-desk", fault);
            parts.faults().guarded("request-desk", () -> refusals.answer(transaction, OutgoingResponse.of(500))).run();
        }
    }

    private void serve(ServerTransaction transaction, Optional<Trunk> trunk) {
        SipRequest request = transaction.request();
        parts.metrics().requested(request.method());
        if (request.inDialog()) {
            inDialog(transaction, request);
            return;
        }
        switch (request.method()) {
            case SipRequest.INVITE -> {
                // At once and on this thread: a CANCEL that follows must find its call.
                transaction.respond(OutgoingResponse.of(100));
                invite(transaction, request, trunk);
            }
            case SipRequest.CANCEL -> cancel(transaction, request);
            // Only valid within a dialog, and there is none.
            case SipRequest.BYE, SipRequest.PRACK, SipRequest.UPDATE, SipRequest.INFO, SipRequest.NOTIFY ->
                refusals.answer(transaction, OutgoingResponse.of(481));
            default -> refusals.answer(transaction, Replies.notAllowed(request.method()));
        }
    }

    @Override
    public void ack(SipRequest ack) {
        calls.ofDialog(ack).filter(call -> front.believes(call, ack)).ifPresent(call -> call.on(new CallInput.Ack(ack.cseq(), ack.sdp().map(Sdp::scrubbed))));
    }

    @Override
    public boolean inUse(PacketSource connection) {
        return calls.anyFrom(connection);
    }

    @Override
    public void repeated(SipResponse answer) {
        var dialog = new DialogKey(answer.callId(), answer.fromTag(), answer.toTag());
        parts.acks().of(dialog, answer.cseq()).ifPresentOrElse(
                parts.transport()::acknowledge,
                () -> calls.ofDialog(dialog).ifPresent(call -> call.on(new CallInput.AnswerAgain(answer.cseq()))));
    }

    /** @param trunk empty only while new calls are refused: then it is not used */
    private void invite(ServerTransaction transaction, SipRequest invite, Optional<Trunk> trunk) {
        Optional<OutgoingResponse> refusal = Screening.ofInvite(invite, parts.timerPolicy());
        if (refusal.isPresent()) {
            refusals.answer(transaction, refusal.get());
        } else if (calls.ofInvite(invite).isPresent()) {
            // RFC 3261 section 8.2.2.2: the same INVITE by another path.
            refusals.answer(transaction, OutgoingResponse.of(482));
        } else if (!invite.headers().values(ReplacingInvites.REPLACES).isEmpty()) {
            replacing.take(transaction, invite);
        } else if (closed() || trunk.isEmpty()) {
            refusals.answer(transaction, Replies.draining());
        } else {
            switch (quotas.take(trunk.get())) {
                case Quotas.Answer.Taken(var place) -> {
                    try {
                        begin(transaction, invite, trunk.get(), place);
                    } catch (Throwable fault) {
                        place.run();
                        throw fault;
                    }
                }
                case Quotas.Answer.Over(var quota) -> refuseForQuota(transaction, trunk.get(), quota);
            }
        }
    }

    /** Publishes no event: a trunk that floods us must not flood the suite. */
    private void refuseForQuota(ServerTransaction transaction, Trunk trunk, String quota) {
        var reason = RefusalReason.TRUNK_QUOTA;
        parts.metrics().overQuota(trunk.name(), quota);
        refusals.answer(transaction, Replies.refused(reason.status(), reason, reason.retryAfterSeconds()));
        LOG.debugf("trunk=%s is over its quota: %s", trunk.id(), quota);
    }

    /** @param place of the trunk's quota, to be released */
    private void begin(ServerTransaction transaction, SipRequest invite, Trunk trunk, Runnable place) {
        CallFacts facts = reader.read(invite, trunk, parts.tags().get(), transaction.waited());
        var received = facts.invite();
        LOG.infof("%s INVITE called=%s", CallLabel.of(received), received.called());
        if (!CallerLine.fits(invite)) {
            place.run();
            var reason = RefusalReason.CALLER_INVALID;
            refusals.refuse(transaction, facts, reason, reason.sentence(), List.of(new TraceStep(reason.code(), reason.sentence())));
        } else if (parts.clock().instant().isBefore(received.deadline())) {
            Call.begin(facts, transaction, parts, calls, new NewCallPlaces(window.enter(trunk.id(), transaction.waited()), place));
        } else {
            place.run();
            // Its deadline passed while it waited to be read. Asking the suite would only make the next ones wait.
            var reason = RefusalReason.DEADLINE;
            String detail = "the edge read the INVITE %d ms after it arrived".formatted(transaction.waited().toMillis());
            refusals.refuse(transaction, facts, reason, detail, List.of(new TraceStep(reason.code(), detail)));
        }
    }

    private void cancel(ServerTransaction transaction, SipRequest cancel) {
        // RFC 3261 section 9.2: the transaction is found as for a retransmission, by its branch.
        calls.ofInvite(cancel)
                .filter(call -> call.branch().equals(cancel.branch()))
                .ifPresentOrElse(
                        call -> call.on(new CallInput.Cancel(GivenReason.of(cancel.headers())), transaction),
                        () -> refusals.answer(transaction, OutgoingResponse.of(481)));
    }

    private void inDialog(ServerTransaction transaction, SipRequest request) {
        Optional<Call> call = calls.ofDialog(request);
        if (call.isEmpty()) {
            refusals.answer(transaction, OutgoingResponse.of(481));
            return;
        }
        Optional<OutgoingResponse> refusal = switch (request.method()) {
            case SipRequest.INVITE, SipRequest.UPDATE -> Screening.extensions(request).or(() -> Screening.content(request));
            case SipRequest.PRACK -> Screening.content(request);
            default -> Optional.empty();
        };
        if (refusal.isPresent()) {
            refusals.answer(transaction, refusal.get());
            return;
        }
        if (request.method().equals(SipRequest.INVITE)) {
            transaction.respond(OutgoingResponse.of(100));
        }
        call.get().on(input(request), transaction);
    }

    private static CallInput input(SipRequest request) {
        return switch (request.method()) {
            case SipRequest.BYE -> new CallInput.Bye(request.cseq(), GivenReason.of(request.headers()));
            case SipRequest.CANCEL -> new CallInput.Cancel(GivenReason.of(request.headers()));
            case SipRequest.INVITE, SipRequest.UPDATE ->
                new CallInput.Offer(
                        request.method().equals(SipRequest.INVITE),
                        request.cseq(),
                        request.sdp().map(Sdp::scrubbed),
                        request.contact(),
                        TimerHeaders.of(request.headers()));
            case SipRequest.PRACK ->
                new CallInput.Prack(
                        request.cseq(),
                        request.headers().first("RAck").orElse(""),
                        request.sdp().map(Sdp::scrubbed));
            case SipRequest.INFO ->
                new CallInput.Info(request.cseq(), ToldKey.of(request.contentType(), request.body()));
            case SipRequest.REFER -> new CallInput.HandOver(request.cseq(), ReferTo.of(request.headers()));
            case SipRequest.NOTIFY ->
                new CallInput.Notify(
                        request.cseq(),
                        request.contentType().equals(SipFragment.TYPE) ? SipFragment.status(request.body()) : OptionalInt.empty(),
                        request.headers().first("Subscription-State")
                                .filter(state -> state.strip().regionMatches(true, 0, TERMINATED, 0, TERMINATED.length()))
                                .isPresent());
            default -> new CallInput.Other(request.method(), request.cseq());
        };
    }
}
