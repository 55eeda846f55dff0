package dev.trunkline.dispatcher.calls;

import dev.trunkline.bus.EventHandler;
import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.dispatcher.calls.Places.Place;
import dev.trunkline.dispatcher.calls.RecentCalls.Fate;
import dev.trunkline.dispatcher.calls.RecentCalls.Known;
import dev.trunkline.dispatcher.warm.RoomGiver;
import dev.trunkline.dispatcher.watch.Input;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AgentWanted;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.RoomGiven;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventTypes;
import dev.trunkline.events.codec.UnreadableEventException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * All calls that this process watches. Admissions and departures arrive through the group, so replicas share them. What becomes of a call
 * is read without the group, because a call's partition may move to another replica while its watch stays here: until the watch is over,
 * this process keeps reading that partition.
 */
public final class Watches implements EventHandler {
    private static final Logger LOG = Logger.getLogger(Watches.class);
    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);
    private static final Map<String, Fate> FATES = Map.of(
            EventTypes.nameOf(AgentJoined.class), Fate.JOINED,
            EventTypes.nameOf(CallRejected.class), Fate.OVER,
            EventTypes.nameOf(CallEnded.class), Fate.OVER);

    /** An event arrives within milliseconds, unless Kafka or this process was stopped. */
    private static final Duration STALE = Duration.ofSeconds(2);
    private static final Set<String> PARSED = Set.of(
            EventTypes.nameOf(MediaReady.class), EventTypes.nameOf(AgentLeft.class), EventTypes.nameOf(AgentWanted.class),
            EventTypes.nameOf(RoomGiven.class), EventTypes.nameOf(TransferSucceeded.class));

    private final DispatcherTools tools;
    private final RecentCalls recent;
    private final Places places;
    private final RoomGiver rooms;
    private final KeptPartitions kept;
    private final Stragglers stragglers;
    private final HandOvers handOvers;
    private final Map<CallId, CallWatch> watches = new ConcurrentHashMap<>();

    /**
     * @param places the rooms in which calls are, updated here
     * @param rooms in which agents wait, for calls whose rules have them
     * @param kept told which calls are watched, so that their partitions are read
     */
    public Watches(DispatcherTools tools, RecentCalls recent, Places places, RoomGiver rooms, KeptPartitions kept) {
        this.tools = tools;
        this.recent = recent;
        this.places = places;
        this.rooms = rooms;
        this.kept = kept;
        this.stragglers = new Stragglers(tools);
        this.handOvers = new HandOvers(
                tools, stragglers, kept, call -> recent.of(call).filter(known -> known.fate() == Fate.OVER).isPresent());
    }

    /**
     * Handles {@link CallAdmitted}, {@link AgentLeft} if a replacement is needed, and {@link AgentWanted}: open until somebody joins, the
     * call is over, or the patience expires.
     */
    @Override
    public CompletionStage<Void> handle(Envelope envelope) {
        return switch (envelope.record()) {
            case CallAdmitted admitted when asksNobody(admitted.route()) -> handOvers.admitted(admitted, envelope.time());
            case AgentLeft left when left.route().filter(Watches::asksNobody).isPresent() -> DONE;
            // An admission that took long to arrive may belong to a call that is over: everything that is known about the call is read
            // first. A call that may be given a room may already have been given one, by a process that died before it could watch it.
            case CallAdmitted admitted -> stale(envelope)
                    || admitted.route().mayBeGivenARoom() && tools.older(envelope, CallWatch.SUSPICIOUS_AGE)
                    ? whenRead(() -> admitted(Wanted.of(envelope, admitted)))
                    : admitted(Wanted.of(envelope, admitted));
            // Everything before a departure must have been read: whoever joined then is the one who has left now.
            case AgentLeft left when left.route().isPresent() -> again(Wanted.of(envelope, left, left.route().get()));
            // The same applies here: whoever joined before is the one who hands the caller back now.
            case AgentWanted back when back.route().filter(CallRouted::leadsToAgents).isPresent() ->
                again(Wanted.of(envelope, back, back.route().get()));
            default -> DONE;
        };
    }

    /**
     * A called party talks with the people in the room, and a forwarded caller with the party that takes the call, unless the call is to
     * have its own agents.
     */
    private static boolean asksNobody(CallRouted route) {
        return (route.outgoing().isPresent() || route.forward().isPresent()) && route.agents().isEmpty();
    }

    private boolean stale(Envelope envelope) {
        return tools.older(envelope, STALE);
    }

    private CompletionStage<Void> whenRead(Supplier<CompletionStage<Void>> task) {
        return tools.upToDate().get().thenComposeAsync(read -> task.get(), tools::run);
    }

    private CompletionStage<Void> admitted(Wanted wanted) {
        CallId callId = wanted.cause().callId();
        Optional<Fate> fate = recent.of(callId).map(Known::fate).filter(known -> known != Fate.ENTERED);
        if (fate.isPresent()) {
            LOG.infof("%s not watched: %s", wanted.label(), fate.get() == Fate.OVER ? "it is over" : "somebody has already come");
            return DONE;
        }
        CallWatch watch = newWatch(wanted);
        CallWatch known = watches.putIfAbsent(callId, watch);
        if (known != null) {
            return known.settled();
        }
        return wanted.route().mayBeGivenARoom()
                ? begin(watch, wanted, () -> watch.beginWarm(rooms, places.of(callId).given()))
                : begin(watch, wanted, () -> watch.begin(false));
    }

    private CompletionStage<Void> again(Wanted wanted) {
        Envelope cause = wanted.cause();
        boolean read = recent.of(cause.callId()).filter(known -> known.wantedSince(cause.id())).isPresent();
        return read && !stale(cause) ? askAgain(wanted) : whenRead(() -> askAgain(wanted));
    }

    private CompletionStage<Void> askAgain(Wanted wanted) {
        CallId callId = wanted.cause().callId();
        UUID cause = wanted.cause().id();
        if (handOvers.handedOver(callId)) {
            LOG.infof("%s no agents are asked for: the caller was handed over", wanted.label());
            return DONE;
        }
        Optional<Known> since = recent.of(callId)
                .filter(known -> known.fate() != Fate.ENTERED && !known.wantedSince(cause));
        if (since.isPresent()) {
            LOG.infof("%s no agents are asked for: %s", wanted.label(), since.get().fate() == Fate.OVER
                    ? "it is over" : "somebody has come since");
            return DONE;
        }
        CallWatch watch = newWatch(wanted);
        var before = new AtomicReference<Optional<CallWatch>>(Optional.empty());
        CallWatch current = watches.compute(callId, (id, known) -> {
            before.set(Optional.ofNullable(known));
            return known != null && known.cause().equals(cause) ? known : watch;
        });
        if (current != watch) {
            return current.settled();
        }
        if (wanted.isAttended()) {
            LOG.infof("%s a person is giving the caller back: asking for agents", wanted.label());
        } else {
            LOG.infof("%s %s left and the caller is alone: asking again", wanted.label(), wanted.left().orElse("everybody"));
            tools.metrics().replacement();
        }
        before.get().ifPresent(old -> old.input(new Input.Superseded()));
        boolean watchedBefore = before.get().isPresent();
        return begin(watch, wanted, () -> watch.begin(watchedBefore));
    }

    private CallWatch newWatch(Wanted wanted) {
        CallId callId = wanted.cause().callId();
        UUID cause = wanted.cause().id();
        var itself = new AtomicReference<CallWatch>();
        itself.set(new CallWatch(
                wanted, tools, stragglers, () -> recent.of(callId).flatMap(known -> input(cause, known)),
                () -> forget(callId, itself.get())));
        return itself.get();
    }

    private CompletionStage<Void> begin(CallWatch watch, Wanted wanted, Runnable begin) {
        CallId callId = wanted.cause().callId();
        tools.metrics().watching(watches.size());
        kept.begin(callId.toString());
        try {
            begin.run();
        } catch (Throwable fault) {
            watch.forget();
            throw fault;
        }
        // The event may have arrived in the meantime, when there was no watch to tell.
        Place place = places.of(callId);
        place.entered().ifPresent(room -> watch.entered(room, dispatches(place, room)));
        recent.of(callId).flatMap(now -> input(wanted.cause().id(), now)).ifPresent(watch::input);
        return watch.settled();
    }

    /** Registers what a record that was read without the group says about a call, mostly without parsing it. Never blocks. */
    public void seen(ConsumerRecord<String, byte[]> message) {
        Optional<Known> known = CallEventCodec.typeOf(message).flatMap(type -> known(type, message));
        if (known.isEmpty()) {
            return;
        }
        CallId callId = CallId.of(message.key());
        if (known.get().fate() == Fate.OVER) {
            places.over(callId);
            handOvers.over(callId);
        }
        CallWatch watch = recent.note(callId, known.get()) ? watches.get(callId) : null;
        if (watch != null) {
            input(watch.cause(), known.get()).ifPresent(input -> tools.run(() -> watch.input(input)));
        }
    }

    private Optional<Known> known(String type, ConsumerRecord<String, byte[]> message) {
        if (FATES.containsKey(type)) {
            return Optional.of(Known.of(FATES.get(type), message.offset()));
        }
        // Only the event itself distinguishes a caller who is in the room from one who is asked for a PIN, and says whether a caller is
        // alone who should not be.
        return PARSED.contains(type) ? read(message) : Optional.empty();
    }

    private Optional<Known> read(ConsumerRecord<String, byte[]> message) {
        try {
            return CallEventCodec.decode(message).flatMap(envelope -> switch (envelope.record()) {
                case RoomGiven given -> {
                    places.given(given);
                    yield Optional.<Known>empty();
                }
                case MediaReady ready when !ready.participantSid().isEmpty() -> {
                    entered(ready);
                    yield Optional.of(Known.of(Fate.ENTERED, message.offset()));
                }
                case AgentLeft left when left.route().isPresent() -> wanted(message, envelope);
                case AgentWanted ignored -> wanted(message, envelope);
                case TransferSucceeded succeeded -> {
                    handedOver(succeeded);
                    yield Optional.<Known>empty();
                }
                default -> Optional.<Known>empty();
            });
        } catch (UnreadableEventException e) {
            LOG.warnf("call=%s an event cannot be read: %s", message.key(), e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Known> wanted(ConsumerRecord<String, byte[]> message, Envelope cause) {
        return Optional.of(new Known(Fate.WANTED, message.offset(), Optional.of(cause.id())));
    }

    /** From now on nobody is asked for, and if agents do not stay, neither do those of this watch. */
    private void handedOver(TransferSucceeded succeeded) {
        handOvers.succeeded(succeeded);
        CallWatch watch = watches.get(succeeded.callId());
        if (watch != null) {
            Input input = succeeded.agentsStay() ? new Input.SomebodyJoined() : new Input.Superseded();
            tools.run(() -> watch.input(input));
        }
    }

    private void entered(MediaReady ready) {
        if (!places.entered(ready.callId(), ready.room())) {
            return;
        }
        Place place = places.of(ready.callId());
        CallWatch watch = watches.get(ready.callId());
        if (watch != null) {
            tools.run(() -> watch.entered(ready.room(), dispatches(place, ready.room())));
        }
    }

    /** Returns the dispatches of the agents who already wait in the room, if a dispatcher gave it. */
    private static List<String> dispatches(Place place, String room) {
        return place.given().filter(given -> given.room().equals(Optional.of(room))).map(RoomGiven::dispatches).orElse(List.of());
    }

    /** @param cause of the watch that is told */
    private static Optional<Input> input(UUID cause, Known known) {
        return switch (known.fate()) {
            case ENTERED -> Optional.of(new Input.CallerIn());
            case JOINED -> Optional.of(new Input.SomebodyJoined());
            case WANTED -> known.wantedSince(cause) ? Optional.empty() : Optional.of(new Input.Superseded());
            case OVER -> Optional.of(new Input.CallOver());
        };
    }

    private void forget(CallId callId, CallWatch watch) {
        watches.remove(callId, watch);
        kept.end(callId.toString());
        tools.metrics().watching(watches.size());
    }
}
