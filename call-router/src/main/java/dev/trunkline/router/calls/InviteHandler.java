package dev.trunkline.router.calls;

import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.kafka.CallEventPublisher;
import dev.trunkline.events.kafka.Envelopes;
import dev.trunkline.events.kafka.EventHandler;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.router.RouterMetrics;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.routing.Call;
import dev.trunkline.router.routing.Decision;
import dev.trunkline.router.routing.Routing;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Answers each invite with the decision on it. Thread-safe; computes and never waits. */
public final class InviteHandler implements EventHandler {
    private static final Logger LOG = Logger.getLogger(InviteHandler.class);
    private static final String SERVICE = "call-router";

    private final Supplier<Directory> directory;
    private final Routing routing;
    private final SealedCallers seals;
    private final Envelopes envelopes;
    private final CallEventPublisher publisher;
    private final RouterMetrics metrics;
    private final Clock clock;

    /** @param directory asked once a call, so that a decision is by one version */
    public InviteHandler(
            Supplier<Directory> directory,
            Routing routing,
            SealedCallers seals,
            Envelopes envelopes,
            CallEventPublisher publisher,
            RouterMetrics metrics,
            Clock clock) {
        this.directory = directory;
        this.routing = routing;
        this.seals = seals;
        this.envelopes = envelopes;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> handle(Envelope envelope) {
        if (!(envelope.record() instanceof InviteReceived invite)) {
            return CompletableFuture.completedFuture(null);
        }
        if (clock.instant().isAfter(invite.deadline())) {
            // The edge has answered 503 by now.
            LOG.infof("call=%s passed over: its deadline was %s", invite.callId(), invite.deadline());
            metrics.late();
            return CompletableFuture.completedFuture(null);
        }
        long begin = System.nanoTime();
        Decision decision = decide(invite);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        metrics.decided(decision, took);
        log(invite, decision, took);
        return publisher.publish(envelopes.reply(envelope, event(invite, decision)));
    }

    /** @throws dev.trunkline.events.privacy.SealBrokenException if edge and router have different seal keys */
    private Decision decide(InviteReceived invite) {
        String callerNumber = seals.open(invite.callId(), invite.sealed()).number();
        return routing.decide(Call.of(invite, callerNumber), directory.get());
    }

    private static CallEvent event(InviteReceived invite, Decision decision) {
        return switch (decision) {
            case Decision.Route route ->
                    new CallRouted(
                            invite.callId(), invite, route.organisation(), route.number(), route.rule(), route.room(),
                            route.agents(), route.config(), route.limits(), route.answerPolicy(),
                            route.patienceSeconds(), route.trace());
            case Decision.Refuse refuse ->
                    CallRejected.of(
                            invite, refuse.reason(), OptionalInt.empty(), SERVICE, refuse.organisation(),
                            refuse.trace());
        };
    }

    private static void log(InviteReceived invite, Decision decision, Duration took) {
        long micros = took.toNanos() / 1_000;
        switch (decision) {
            case Decision.Route route ->
                    LOG.infof("call=%s routed trunk=%s organisation=%s number=%s rule=%s room=%s in %d us",
                            invite.callId(), invite.trunk().name(), route.organisation().name(), route.number(),
                            route.rule().name(), route.room(), micros);
            case Decision.Refuse refuse ->
                    LOG.infof("call=%s refused trunk=%s reason=%s status=%d in %d us: %s",
                            invite.callId(), invite.trunk().name(), refuse.reason().code(), refuse.reason().status(),
                            micros, oneLine(refuse.trace().getLast().detail()));
        }
    }

    /** What was dialled stands in the detail, and whoever dials must not write lines of our log. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
