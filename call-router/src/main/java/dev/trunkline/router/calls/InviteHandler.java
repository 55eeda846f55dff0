package dev.trunkline.router.calls;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.CallLabel;
import dev.trunkline.bus.EventHandler;
import dev.trunkline.bus.RecordAges;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.metrics.RouterMetrics;
import dev.trunkline.router.routing.Call;
import dev.trunkline.router.routing.Decision;
import dev.trunkline.router.routing.OneLine;
import dev.trunkline.router.routing.Question;
import dev.trunkline.router.routing.Routing;
import dev.trunkline.router.routing.WebhookResult;
import dev.trunkline.router.webhook.http.WebhookClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Answers each invite with a decision. Thread-safe. Waits for nothing but webhooks, on the virtual thread of the call,
 * so no call waits for the webhook of another.
 */
public final class InviteHandler implements EventHandler {
    private static final Logger LOG = Logger.getLogger(InviteHandler.class);

    private final Supplier<Directory> directory;
    private final Routing routing;
    private final WebhookClient webhooks;
    private final SealedCallers seals;
    private final DecisionEvents events;
    private final Envelopes envelopes;
    private final CallEventPublisher publisher;
    private final RouterMetrics metrics;
    private final Clock clock;
    private final RecordAges ages;

    /**
     * @param directory read once per call, so that a decision uses one version
     * @param ages of the events that are consumed here
     */
    public InviteHandler(
            Supplier<Directory> directory,
            Routing routing,
            WebhookClient webhooks,
            SealedCallers seals,
            Envelopes envelopes,
            CallEventPublisher publisher,
            RouterMetrics metrics,
            Clock clock,
            RecordAges ages) {
        this.directory = directory;
        this.routing = routing;
        this.webhooks = webhooks;
        this.seals = seals;
        this.events = new DecisionEvents(seals, clock);
        this.envelopes = envelopes;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
        this.ages = ages;
    }

    @Override
    public CompletionStage<Void> handle(Envelope envelope) throws InterruptedException {
        if (!(envelope.record() instanceof InviteReceived invite)) {
            return CompletableFuture.completedFuture(null);
        }
        Instant deadline = ages.here(invite.receivedAt(), invite.deadline());
        if (late(invite, deadline)) {
            return CompletableFuture.completedFuture(null);
        }
        Timed first = timed(() -> decide(invite));
        Asked asked = new Asked(first.decision(), Optional.empty());
        Timed last = first;
        while (last.decision() instanceof Decision.Ask(Question question)) {
            told(invite, last);
            // Routing returns a question at most three times.
            WebhookResult result = webhooks.ask(question, deadline);
            last = timed(() -> routing.resume(question, result));
            asked = new Asked(last.decision(), Optional.of(result));
        }
        if (first != last && late(invite, deadline)) {
            return CompletableFuture.completedFuture(null);
        }
        CompletionStage<Void> published = publisher.publish(envelopes.reply(envelope, events.of(invite, asked)));
        if (last.decision().trace().stream().anyMatch(step -> step.step().equals(WebhookResult.NOT_ALLOWED))) {
            metrics.notAllowed();
        }
        // The log can wait, but the caller cannot.
        told(invite, last);
        return published;
    }

    /** Returns whether the edge has answered 503 by now. @param deadline by this process's clock */
    private boolean late(InviteReceived invite, Instant deadline) {
        if (!clock.instant().isAfter(deadline)) {
            return false;
        }
        LOG.infof("%s dropped: its deadline was %s", CallLabel.of(invite), deadline);
        metrics.late();
        return true;
    }

    /** @throws dev.trunkline.events.privacy.SealBrokenException if edge and router have different seal keys */
    private Decision decide(InviteReceived invite) {
        CallerSecrets secrets = seals.open(invite.callId(), invite.sealed());
        return routing.decide(Call.of(invite, secrets), directory.get());
    }

    private record Timed(Decision decision, Duration took) {}

    private static Timed timed(Supplier<Decision> decide) {
        long begin = System.nanoTime();
        Decision decision = decide.get();
        return new Timed(decision, Duration.ofNanos(System.nanoTime() - begin));
    }

    private void told(InviteReceived invite, Timed timed) {
        metrics.decided(timed.decision(), timed.took());
        log(invite, timed.decision(), timed.took());
    }

    private static void log(InviteReceived invite, Decision decision, Duration took) {
        long micros = took.toNanos() / 1_000;
        switch (decision) {
            case Decision.Route route ->
                    LOG.infof("%s routed number=%s rule=%s room=%s in %d us",
                            CallLabel.of(invite.callId(), route.organisation(), invite.trunk()), route.number(),
                            route.rule().name(), route.room(), micros);
            case Decision.Redirect redirect ->
                    LOG.infof("%s forwarded number=%s rule=%s in %d us: %s",
                            CallLabel.of(invite.callId(), redirect.organisation(), invite.trunk()), redirect.number(),
                            redirect.rule().name(), micros, OneLine.of(redirect.why()));
            case Decision.Ask ask ->
                    LOG.infof("%s asks number=%s rule=%s in %d us",
                            CallLabel.of(invite.callId(), ask.question().organisation(), invite.trunk()),
                            ask.question().number(), ask.question().rule().name(), micros);
            case Decision.Refuse refuse ->
                    LOG.infof("%s refused reason=%s status=%d in %d us: %s",
                            CallLabel.of(invite, refuse.organisation()), refuse.reason().code(), refuse.answer(),
                            micros, OneLine.of(refuse.trace().getLast().detail()));
        }
    }
}
