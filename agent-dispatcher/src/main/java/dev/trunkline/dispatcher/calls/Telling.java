package dev.trunkline.dispatcher.calls;

import dev.trunkline.dispatcher.warm.Given;
import dev.trunkline.dispatcher.watch.Effect;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.AgentMissed;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.RoomGiven;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Publishes the events of one watch on Kafka, and waits for it. */
final class Telling {
    private static final Logger LOG = Logger.getLogger(Telling.class);
    /** How events name an agent that has no name; LiveKit itself uses an empty text. */
    private static final String NO_NAME = "(no name)";

    private final Wanted wanted;
    private final DispatcherTools tools;

    Telling(Wanted wanted, DispatcherTools tools) {
        this.wanted = wanted;
        this.tools = tools;
    }

    void dispatched(Effect.TellDispatched told, Agent agent, Duration took) {
        String name = nameOf(agent);
        if (told.attempt() == 1) {
            tools.metrics().dispatched(took);
        } else {
            tools.metrics().dispatchedAgain();
        }
        LOG.infof("%s dispatched %s as %s in %d ms, attempt %d",
                wanted.label(), name, told.dispatchId(), took.toMillis(), told.attempt());
        var event = new AgentDispatched(
                callId(), name, told.dispatchId(), took.toMillis(), OptionalInt.of(told.attempt()));
        publish(alike(tools.envelopes().reply(wanted.cause(), event), told.seat(), told.attempt()));
    }

    /**
     * Publishes whether agents wait for the caller, and where. Does not wait for Kafka: consumers that need the event soon read
     * it soon.
     */
    void given(Optional<Given> room) {
        LOG.infof("%s %s", wanted.label(), room.map(given -> "agents are waiting in room " + given.room()).orElse("no agent is waiting"));
        var event = room.map(given -> new RoomGiven(callId(), Optional.of(given.room()), given.dispatches()))
                .orElseGet(() -> RoomGiven.none(callId()));
        tools.publisher().publish(tools.envelopes().reply(wanted.cause(), event)).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warnf("%s that could not be published to Kafka: %s", wanted.label(), failure.getMessage());
            }
        });
    }

    static String nameOf(Agent agent) {
        return agent.name().isEmpty() ? NO_NAME : agent.name();
    }

    /** For a cause with several effects of one kind: each has its own id, and the same one each time. */
    private static Envelope alike(Envelope envelope, int seat, int attempt) {
        if (seat == 0 && attempt == 1) {
            return envelope;
        }
        String which = attempt == 1 ? "/" + seat : "/" + seat + "/" + attempt;
        byte[] name = (envelope.id() + which).getBytes(StandardCharsets.US_ASCII);
        return new Envelope(
                UUID.nameUUIDFromBytes(name), envelope.source(), envelope.time(), envelope.owners(),
                envelope.traceparent(), envelope.record());
    }

    /** @param diagnosis what LiveKit knows about a dispatch that led to nothing, part of a sentence */
    void unavailable(Effect.TellUnavailable none, Optional<String> diagnosis) {
        String told = Stream.of(
                        Optional.of(none.why()),
                        diagnosis.filter(words -> !none.why().contains(words)).map("LiveKit says that %s."::formatted),
                        wanted.plan().next())
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
        tools.metrics().unavailable();
        LOG.infof("%s no agent: %s", wanted.label(), told);
        CallEvent event = wanted.isAttended()
                ? new AgentMissed(callId(), none.agents(), none.waitedSeconds(), told)
                : new AgentUnavailable(callId(), none.agents(), none.waitedSeconds(), told, wanted.plan().left(), wanted.left());
        publish(tools.envelopes().reply(wanted.cause(), event));
    }

    private void publish(Envelope envelope) {
        tools.publisher().publish(envelope).toCompletableFuture().join();
    }

    private CallId callId() {
        return wanted.cause().callId();
    }
}
