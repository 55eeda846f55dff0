package dev.trunkline.router.calls;

import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallForwarded;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.RoomEntry;
import dev.trunkline.events.kafka.CallEventPublisher;
import dev.trunkline.events.kafka.Envelopes;
import dev.trunkline.events.kafka.EventHandler;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.router.RouterMetrics;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.routing.Call;
import dev.trunkline.router.routing.Decision;
import dev.trunkline.router.routing.Entry;
import dev.trunkline.router.routing.Question;
import dev.trunkline.router.routing.Routing;
import dev.trunkline.router.routing.WebhookResult;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
        Decision decision = withoutWebhook(decide(invite));
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        metrics.decided(decision, took);
        log(invite, decision, took);
        return publisher.publish(envelopes.reply(envelope, event(invite, decision)));
    }

    private Decision withoutWebhook(Decision decision) {
        return decision instanceof Decision.Ask(Question question)
                ? routing.resume(question, new WebhookResult.Failed("this router asks no webhooks", "none"))
                : decision;
    }

    /** @throws dev.trunkline.events.privacy.SealBrokenException if edge and router have different seal keys */
    private Decision decide(InviteReceived invite) {
        CallerSecrets secrets = seals.open(invite.callId(), invite.sealed());
        return routing.decide(Call.of(invite, secrets), directory.get());
    }

    private CallEvent event(InviteReceived invite, Decision decision) {
        return switch (decision) {
            case Decision.Route route ->
                    new CallRouted(
                            invite.callId(), invite, route.organisation(), route.number(), route.rule(), route.room(),
                            route.agents(), route.config(), route.limits(), route.answerPolicy(),
                            route.patienceSeconds(), route.trace(), route.participant(), entry(invite, route.entry()),
                            route.fallback());
            case Decision.Forward forward ->
                    new CallForwarded(
                            invite.callId(), invite, forward.organisation(), forward.number(), forward.rule(),
                            forward.target(), forward.why(), forward.trace());
            case Decision.Refuse refuse -> {
                CallRejected rejected = CallRejected.of(
                        invite, refuse.reason(), OptionalInt.empty(), SERVICE, refuse.organisation(), refuse.trace());
                yield refuse.status().isEmpty()
                        ? rejected
                        : rejected.answeredWith(refuse.answer(), refuse.reason().sentence());
            }
            case Decision.Ask ask -> throw new IllegalStateException("the webhook of " + ask.question() + " was not asked");
        };
    }

    private Optional<RoomEntry> entry(InviteReceived invite, Entry entry) {
        Optional<String> sealedPin = entry.pin()
                .map(pin -> seals.seal(invite.callId(), new CallerSecrets(pin, "", "", Map.of())));
        return entry.equals(Entry.OPEN)
                ? Optional.empty()
                : Optional.of(new RoomEntry(entry.mustExist(), entry.desk(), sealedPin));
    }

    private static void log(InviteReceived invite, Decision decision, Duration took) {
        long micros = took.toNanos() / 1_000;
        switch (decision) {
            case Decision.Route route ->
                    LOG.infof("call=%s routed trunk=%s organisation=%s number=%s rule=%s room=%s in %d us",
                            invite.callId(), invite.trunk().name(), route.organisation().name(), route.number(),
                            route.rule().name(), route.room(), micros);
            case Decision.Forward forward ->
                    LOG.infof("call=%s forwarded trunk=%s organisation=%s number=%s rule=%s in %d us: %s",
                            invite.callId(), invite.trunk().name(), forward.organisation().name(), forward.number(),
                            forward.rule().name(), micros, oneLine(forward.why()));
            case Decision.Ask ask ->
                    LOG.infof("call=%s asks trunk=%s organisation=%s number=%s rule=%s in %d us",
                            invite.callId(), invite.trunk().name(), ask.question().organisation().name(),
                            ask.question().number(), ask.question().rule().name(), micros);
            case Decision.Refuse refuse ->
                    LOG.infof("call=%s refused trunk=%s reason=%s status=%d in %d us: %s",
                            invite.callId(), invite.trunk().name(), refuse.reason().code(), refuse.answer(),
                            micros, oneLine(refuse.trace().getLast().detail()));
        }
    }

    /** What was dialled stands in the detail, and whoever dials must not write lines of our log. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
