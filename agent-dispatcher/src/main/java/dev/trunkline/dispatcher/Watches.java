package dev.trunkline.dispatcher;

import dev.trunkline.dispatcher.RecentCalls.Fate;
import dev.trunkline.dispatcher.watch.Input;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventTypes;
import dev.trunkline.events.codec.UnreadableEventException;
import dev.trunkline.bus.EventHandler;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * All calls that this process watches. Admissions come through the group, so that replicas share them; what becomes of
 * a call is read from the whole topic, for a call's partition may move to another replica while its watch stays here.
 */
final class Watches implements EventHandler {
    private static final Logger LOG = Logger.getLogger(Watches.class);
    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);
    private static final Map<String, Fate> FATES = Map.of(
            EventTypes.nameOf(AgentJoined.class), Fate.JOINED,
            EventTypes.nameOf(CallRejected.class), Fate.OVER,
            EventTypes.nameOf(CallEnded.class), Fate.OVER);

    /** An admission comes within milliseconds, unless Kafka or this process stood still. */
    private static final Duration STALE = Duration.ofSeconds(2);
    private static final String MEDIA_READY = EventTypes.nameOf(MediaReady.class);

    private final DispatcherTools tools;
    private final RecentCalls recent;
    private final Map<CallId, CallWatch> watches = new ConcurrentHashMap<>();

    Watches(DispatcherTools tools, RecentCalls recent) {
        this.tools = tools;
        this.recent = recent;
    }

    /** Handles {@link CallAdmitted}: open until somebody joins, the call is over, or patience runs out. */
    @Override
    public CompletionStage<Void> handle(Envelope envelope) {
        if (!(envelope.record() instanceof CallAdmitted admitted)) {
            return DONE;
        }
        // An admission that was long on its way may be of a call that is over: what is known of it is read first.
        Duration age = Duration.between(envelope.time(), tools.clock().instant());
        return age.compareTo(STALE) > 0
                ? tools.upToDate().get().thenComposeAsync(read -> watch(envelope, admitted), tools::run)
                : watch(envelope, admitted);
    }

    private CompletionStage<Void> watch(Envelope envelope, CallAdmitted admitted) {
        CallId callId = admitted.callId();
        Optional<Fate> fate = recent.of(callId).filter(known -> known != Fate.ENTERED);
        if (fate.isPresent()) {
            LOG.infof("call=%s not watched: %s", callId, fate.get() == Fate.OVER ? "it is over" : "somebody listens already");
            return DONE;
        }
        var watch = new CallWatch(
                envelope, admitted, tools, () -> recent.of(callId).map(Watches::input), () -> forget(callId));
        CallWatch known = watches.putIfAbsent(callId, watch);
        if (known != null) {
            return known.settled();
        }
        tools.metrics().watching(watches.size());
        try {
            watch.begin();
        } catch (Throwable fault) {
            forget(callId);
            throw fault;
        }
        // It may have come in between, and whoever noted it found no watch to tell.
        recent.of(callId).ifPresent(now -> watch.input(input(now)));
        return watch.settled();
    }

    /** Takes note of what a record of the whole topic says about a call, mostly without parsing it. Never waits. */
    void seen(ConsumerRecord<String, byte[]> message) {
        Optional<String> type = CallEventCodec.typeOf(message);
        Optional<Fate> fate = type.map(FATES::get).or(() -> type.filter(MEDIA_READY::equals).flatMap(media -> entered(message)));
        if (fate.isEmpty()) {
            return;
        }
        CallId callId = CallId.of(message.key());
        recent.note(callId, fate.get());
        CallWatch watch = watches.get(callId);
        if (watch != null) {
            tools.run(() -> watch.input(input(fate.get())));
        }
    }

    /** Only the event itself tells a caller who is in the room from one who is asked for a PIN. */
    private static Optional<Fate> entered(ConsumerRecord<String, byte[]> message) {
        try {
            return CallEventCodec.decode(message)
                    .map(Envelope::record)
                    .filter(event -> event instanceof MediaReady ready && !ready.participantSid().isEmpty())
                    .map(ready -> Fate.ENTERED);
        } catch (UnreadableEventException e) {
            LOG.warnf("call=%s an event of the relay cannot be read: %s", message.key(), e.getMessage());
            return Optional.empty();
        }
    }

    private static Input input(Fate fate) {
        return switch (fate) {
            case ENTERED -> new Input.CallerIn();
            case JOINED -> new Input.SomebodyJoined();
            case OVER -> new Input.CallOver();
        };
    }

    private void forget(CallId callId) {
        watches.remove(callId);
        tools.metrics().watching(watches.size());
    }
}
