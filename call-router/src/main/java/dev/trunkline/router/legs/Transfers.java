package dev.trunkline.router.legs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.CallLabel;
import dev.trunkline.bus.EventHandler;
import dev.trunkline.bus.RecordAges;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Limits;
import dev.trunkline.events.OutgoingLimits;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferRequested;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.privacy.DialExtras;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.events.privacy.TransferTarget;
import dev.trunkline.router.dialling.DialDecision;
import dev.trunkline.router.dialling.DialRequest;
import dev.trunkline.router.dialling.Dialler;
import dev.trunkline.router.dialling.Referring;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.metrics.RouterMetrics;
import dev.trunkline.router.routing.OneLine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Decides each request to transfer a caller: by a leg that is called into the caller's room, by a REFER to the caller's
 * side, or by a refusal. A request that arrives twice has the same leg, under the same event ids. Thread-safe.
 */
public final class Transfers implements EventHandler {
    /** Nobody waits for an older request any more: the requester has moved on. */
    static final Duration OLDEST = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger(Transfers.class);
    private static final int HOUR = 3_600;

    private final Supplier<Directory> directory;
    private final Dialler dialler;
    private final Referring referring;
    private final LegRoutes routes;
    private final SealedCallers callers;
    private final SealedTargets targets;
    private final IntSupplier partitions;
    private final Ringing ringing;
    private final Envelopes envelopes;
    private final CallEventPublisher publisher;
    private final RouterMetrics metrics;
    private final RecordAges ages;

    /**
     * @param directory read once per transfer
     * @param partitions how many partitions the topic of events has
     * @param ages of the requests that are consumed here
     */
    public Transfers(
            Supplier<Directory> directory,
            Dialler dialler,
            LegRoutes routes,
            SealedCallers callers,
            SealedTargets targets,
            IntSupplier partitions,
            Ringing ringing,
            Envelopes envelopes,
            CallEventPublisher publisher,
            RouterMetrics metrics,
            RecordAges ages) {
        this.directory = directory;
        this.dialler = dialler;
        this.referring = new Referring(dialler);
        this.routes = routes;
        this.callers = callers;
        this.targets = targets;
        this.partitions = partitions;
        this.ringing = ringing;
        this.envelopes = envelopes;
        this.publisher = publisher;
        this.metrics = metrics;
        this.ages = ages;
    }

    /** @throws dev.trunkline.events.privacy.SealBrokenException if relay and router have different seal keys */
    @Override
    public CompletionStage<Void> handle(Envelope cause) {
        if (!(cause.record() instanceof TransferRequested wish)) {
            return CompletableFuture.completedFuture(null);
        }
        if (ages.of(cause.time()).compareTo(OLDEST) > 0) {
            metrics.calledOut(purpose(wish), RouterMetrics.LATE);
            return fail(cause, wish, "The request to transfer arrived too late: ask again.", List.of());
        }
        Directory now = directory.get();
        if (wish.isForward()) {
            // A caller who has reached nobody yet is always forwarded by an outbound call, whatever transfer_way says.
            return bridge(cause, wish, TransferWay.BRIDGE, Optional.empty(), now);
        }
        Optional<TransferWay> byDefault = byDefault(wish, now);
        return switch (wish.way().or(() -> byDefault).orElse(TransferWay.BRIDGE)) {
            case BRIDGE, BRIDGE_FIRST -> bridge(cause, wish, TransferWay.BRIDGE, byDefault, now);
            case WARM -> bridge(cause, wish, TransferWay.WARM, byDefault, now);
            case REFER, REFER_FIRST -> refer(cause, wish, byDefault, now);
        };
    }

    /** Returns the way for a request that names none: that of the caller's rule, else that of the trunk that the caller came by. */
    private static Optional<TransferWay> byDefault(TransferRequested wish, Directory now) {
        return wish.way().isPresent()
                ? Optional.empty()
                : now.rule(wish.rule().id()).flatMap(rule -> rule.terms().transferWay())
                        .or(() -> now.trunk(wish.trunk().id()).flatMap(view -> view.trunk().transferWay()));
    }

    private static DialPurpose purpose(TransferRequested wish) {
        return wish.isForward() ? DialPurpose.FORWARD : DialPurpose.TRANSFER;
    }

    private DialRequest request(TransferRequested wish, TransferTarget target) {
        String caller = callers.open(wish.callId(), wish.sealedCaller()).number();
        return new DialRequest(
                wish.organisation(),
                target.to(),
                wish.outboundTrunk(),
                Optional.of(LegRoutes.shown(wish.number())),
                Optional.of(caller).filter(number -> !number.isEmpty()),
                wish.referredBy().map(phone -> wish.trunk().id()));
    }

    /** @param way {@link TransferWay#BRIDGE}, or {@link TransferWay#WARM} */
    private CompletionStage<Void> bridge(
            Envelope cause, TransferRequested wish, TransferWay way, Optional<TransferWay> byDefault, Directory now) {
        TransferTarget target = targets.transfer(wish.callId(), wish.sealedTarget());
        return switch (dialler.decide(request(wish, target), now)) {
            case DialDecision.Refuse refusal -> refused(cause, wish, refusal);
            case DialDecision.Dial dial -> {
                CallId leg = LegIds.ofTransfer(wish.callId(), wish.transfer(), partitions.getAsInt());
                CallRouted joined = routes.of(leg(cause, wish, target, leg, dial.limits()), dial);
                CallRouted route = way == TransferWay.WARM ? joined.goingOut(joined.outgoing().orElseThrow().consulting()) : joined;
                CompletionStage<Void> started = say(cause, new TransferStarted(
                        wish.callId(), wish.transfer(), way, Optional.of(leg), Optional.of(dial.trunk().ref()),
                        Optional.empty(), byDefault, dial.trace()));
                // The owner of the leg is not known yet; it need not be its parent's.
                CompletionStage<Void> routed = publisher.publish(envelopes.reply(cause, route, Envelope.Owners.NONE));
                metrics.calledOut(purpose(wish), RouterMetrics.DIALLED);
                LOG.infof("%s called out for parent=%s number=%s room=%s", CallLabel.of(route), wish.callId(), wish.number(), wish.room());
                yield started.thenCombine(routed, (one, other) -> null);
            }
        };
    }

    private Leg leg(Envelope cause, TransferRequested wish, TransferTarget target, CallId leg, OutgoingLimits limits) {
        // One desk is the target of many callers, so only the organisation's outbound calls are counted.
        var rate = new Limits.CallerRate(limits.organisationHourly().orElse(Integer.MAX_VALUE), HOUR, RateScope.ORGANISATION);
        return new Leg(
                leg, purpose(wish), Optional.of(wish.callId()), Optional.of(wish.transfer()), wish.organisation(), wish.number(),
                wish.rule(), wish.room(), List.of(), JsonNodeFactory.instance.objectNode(), Optional.empty(), GivenNames.NONE,
                target.headers(), ringing.seconds(wish.ringingSeconds()), OptionalInt.empty(), wish.agentsStay(), wish.isReplaced(), rate,
                wish.purpose(), cause.time(), DialExtras.NONE, Optional.empty());
    }

    private CompletionStage<Void> refer(Envelope cause, TransferRequested wish, Optional<TransferWay> byDefault, Directory now) {
        TransferTarget target = targets.transfer(wish.callId(), wish.sealedTarget());
        return switch (referring.decide(request(wish, target), wish.trunk().id(), now)) {
            case Referring.Decision.Refuse(DialDecision.Refuse refusal) -> refused(cause, wish, refusal);
            case Referring.Decision.Refer refer -> {
                metrics.calledOut(DialPurpose.TRANSFER, RouterMetrics.REFERRED);
                LOG.infof("%s is to be referred", CallLabel.of(wish.callId(), wish.organisation(), wish.trunk()));
                yield say(cause, new TransferStarted(
                        wish.callId(), wish.transfer(), TransferWay.REFER, Optional.empty(), Optional.empty(),
                        Optional.of(targets.seal(wish.callId(), new TransferTarget(refer.uri(), target.headers()))), byDefault, refer.trace()));
            }
        };
    }

    private CompletionStage<Void> refused(Envelope cause, TransferRequested wish, DialDecision.Refuse refusal) {
        metrics.calledOut(purpose(wish), refusal.reason().code());
        return fail(cause, wish, refusal.detail(), refusal.trace());
    }

    /** Reports a failure before any way was tried. */
    private CompletionStage<Void> fail(Envelope cause, TransferRequested wish, String detail, List<TraceStep> trace) {
        LOG.infof("%s is not transferred: %s", CallLabel.of(wish.callId(), wish.organisation(), wish.trunk()), OneLine.of(detail));
        return say(cause, new TransferFailed(
                wish.callId(), wish.transfer(), Optional.empty(), Optional.empty(), OptionalInt.empty(), detail, trace));
    }

    private CompletionStage<Void> say(Envelope cause, CallEvent event) {
        return publisher.publish(envelopes.reply(cause, event));
    }
}
