package dev.trunkline.router.legs;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.CallLabel;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.TransferCall;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.events.privacy.TransferTarget;
import dev.trunkline.router.auth.Principal;
import dev.trunkline.router.live.LiveCalls;
import dev.trunkline.router.problem.Refused;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Asks the relay of a live call to transfer its caller. Thread-safe. */
public final class TransferAsker {
    private static final Logger LOG = Logger.getLogger(TransferAsker.class);
    private static final String ASKER = "api";

    private final LiveCalls live;
    private final SealedTargets targets;
    private final Function<Supplier<UUID>, Envelopes> envelopes;
    private final Duration within;
    private final CallEventPublisher publisher;
    private final Supplier<UUID> random;

    /**
     * @param envelopes creates envelopes of this service, with the given ids
     * @param within how long Kafka may take for the command
     */
    public TransferAsker(
            LiveCalls live,
            SealedTargets targets,
            Function<Supplier<UUID>, Envelopes> envelopes,
            Duration within,
            CallEventPublisher publisher,
            Supplier<UUID> random) {
        this.live = live;
        this.targets = targets;
        this.envelopes = envelopes;
        this.within = within;
        this.publisher = publisher;
        this.random = random;
    }

    /**
     * @param key of the request; the transfer's id is derived from it
     * @throws Refused if there is no such live call, or the requester may not see it
     */
    TransferAsked ask(Principal who, CallId callId, TransferWish wish, Optional<String> key) throws InterruptedException {
        if (!live.begun()) {
            throw Refused.unavailable("This router has not read all live calls yet: try again in a second.");
        }
        LiveCall call = live.find(who, callId)
                .orElseThrow(() -> Refused.unknown("There is no live call with that id: GET /calls/live lists the live calls."));
        UUID transfer = key.map(text -> LegIds.derived("transfer " + callId + " " + text)).orElseGet(random);
        var command = new TransferCall(
                callId, transfer.toString(), targets.seal(callId, new TransferTarget(wish.to(), wish.headers())), wish.trunk(), wish.way(),
                wish.agentsStay(), wish.ringingSeconds(), ASKER, Optional.empty());
        await(envelopes.apply(() -> LegIds.derived("command " + transfer)).first(command, Envelope.Owners.NONE));
        LOG.infof("%s transfer=%s requested", CallLabel.of(callId, call.organisation(), call.trunk()), transfer);
        return new TransferAsked(callId.toString(), transfer.toString());
    }

    private void await(Envelope envelope) throws InterruptedException {
        try {
            publisher.publish(envelope).toCompletableFuture().get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw Refused.unavailable("Kafka does not accept it now. Try again, with the same Idempotency-Key.");
        }
    }
}
