package dev.trunkline.dispatcher.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.dispatcher.livekit.Dispatch;
import dev.trunkline.dispatcher.livekit.LiveKitException;
import dev.trunkline.dispatcher.livekit.Participant;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.TransferSucceeded;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Callers who are transferred. The admission of a leg names the room, and stays open until the result of the transfer is known, so
 * that another replica takes over if this one dies. Thread-safe, bounded in number.
 *
 * <pre>
 *   leg admitted --call.transfer.succeeded of its parent--> dispatches taken back, agents shown out --> settled
 *        |-- the leg is over, or took longer than it may ring and speak with an agent first --------------^
 * </pre>
 *
 * A failed transfer changes nothing: agents are where they were.
 */
final class HandOvers {
    private static final Logger LOG = Logger.getLogger(HandOvers.class);
    /** Many times the concurrent calls of a suite. */
    static final int MOST = 100_000;
    /** From the end of its ringing until its last event is read. */
    private static final Duration TO_BE_TOLD = Duration.ofSeconds(30);
    /** The longest time that relays may let the called party speak with the agents first. */
    private static final Duration LONGEST_CONSULTATION = Duration.ofHours(1);
    /** Kafka's times are those of the machines that write. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    /** With the pauses below, this takes half a minute. */
    private static final int MOST_TRIES = 17;

    private final DispatcherTools tools;
    private final Stragglers stragglers;
    private final KeptPartitions kept;
    private final Predicate<CallId> over;
    /** Successful transfers by parent, the oldest first. */
    private final Map<CallId, TransferSucceeded> succeeded = new LinkedHashMap<>();
    /** By leg. */
    private final Map<CallId, Leg> legs = new ConcurrentHashMap<>();

    private record Leg(CallRouted route, CallId parent, CompletableFuture<Void> settled) {
        CallLabel label() {
            return CallLabel.of(parent, route.organisation(), route.invite().trunk());
        }
    }

    /**
     * @param kept told of the legs and their parents, so that the partitions of both are read
     * @param over whether a call's last event was read recently
     */
    HandOvers(DispatcherTools tools, Stragglers stragglers, KeptPartitions kept, Predicate<CallId> over) {
        this.tools = tools;
        this.stragglers = stragglers;
        this.kept = kept;
        this.over = over;
    }

    /**
     * The parent's partition may be another replica's. What it says about the transfer comes after the leg's admission.
     *
     * @param when the leg was admitted, by the clock of whoever admitted it
     * @return open until nothing more is to be done; complete for a call that is not a leg after which agents leave
     */
    CompletionStage<Void> admitted(CallAdmitted admitted, Instant when) {
        Optional<OutgoingLeg> transfer = admitted.route().outgoing()
                .filter(leg -> leg.purpose() != DialPurpose.DIAL && leg.parent().isPresent() && !leg.agentsStay());
        if (transfer.isEmpty()) {
            return CompletableFuture.completedStage(null);
        }
        CallId callId = admitted.callId();
        var begun = new Leg(admitted.route(), transfer.get().parent().get(), new CompletableFuture<>());
        Leg known = legs.putIfAbsent(callId, begun);
        if (known != null) {
            return known.settled();
        }
        kept.begin(callId.toString());
        kept.begin(begun.parent().toString(), when.minus(CLOCK_SKEW));
        begun.settled().whenComplete((done, failure) -> {
            legs.remove(callId, begun);
            kept.end(callId.toString());
            kept.end(begun.parent().toString());
        });
        tools.later(longest(transfer.get()), () -> begun.settled().complete(null));
        // The event may have been read before.
        if (joined(callId, begun)) {
            tools.run(() -> agentsLeave(begun, 1));
        } else if (over.test(callId)) {
            begun.settled().complete(null);
        }
        return begun.settled();
    }

    /** Returns how long it may take until the result is known; after that it never will be. */
    static Duration longest(OutgoingLeg leg) {
        Duration ringing = Duration.ofSeconds(leg.ringingSeconds()).plus(TO_BE_TOLD);
        return leg.isConsulting() ? ringing.plus(LONGEST_CONSULTATION) : ringing;
    }

    private synchronized boolean joined(CallId callId, Leg leg) {
        return Optional.ofNullable(succeeded.get(leg.parent())).flatMap(TransferSucceeded::leg).filter(callId::equals).isPresent();
    }

    /** Read without the group. Never blocks. */
    void succeeded(TransferSucceeded event) {
        synchronized (this) {
            succeeded.put(event.callId(), event);
            if (succeeded.size() > MOST) {
                succeeded.remove(succeeded.keySet().iterator().next());
            }
        }
        event.leg().map(legs::get).ifPresent(leg -> tools.run(() -> agentsLeave(leg, 1)));
    }

    /** The call's last event, read without the group. */
    void over(CallId callId) {
        synchronized (this) {
            succeeded.remove(callId);
        }
        Leg leg = legs.get(callId);
        // Agents who are to leave do so even if the target has already hung up: the caller's call ends too.
        if (leg != null && !joined(callId, leg)) {
            leg.settled().complete(null);
        }
    }

    /** Whether the call's caller has somebody to talk to who is not an agent: in that case agents who leave are not replaced. */
    synchronized boolean handedOver(CallId callId) {
        return succeeded.containsKey(callId);
    }

    private void agentsLeave(Leg leg, int attempt) {
        String room = leg.route().room();
        try {
            for (Dispatch dispatch : tools.livekit().list(room)) {
                tools.livekit().deleteIn(room, dispatch.id()).ifPresent(gone -> takenBack(leg, gone));
            }
            for (Participant agent : tools.livekit().participants(room)) {
                if (agent.agent() && tools.livekit().remove(room, agent.identity())) {
                    tools.metrics().shownOut();
                    LOG.infof("%s the caller was handed over: %s was removed from the room", leg.label(), agent.identity());
                }
            }
            leg.settled().complete(null);
        } catch (LiveKitException e) {
            if (attempt == MOST_TRIES || e.forGood()) {
                LOG.warnf("%s agents may still be in the room although the caller was handed over: %s", leg.label(), e.getMessage());
                leg.settled().complete(null);
            } else {
                tools.later(pause(attempt), () -> agentsLeave(leg, attempt + 1));
            }
        } catch (InterruptedException e) {
            // The process stops; the replica that gets the admission next does it.
            Thread.currentThread().interrupt();
        } catch (Throwable fault) {
            leg.settled().completeExceptionally(fault);
            throw fault;
        }
    }

    private void takenBack(Leg leg, Dispatch gone) {
        tools.metrics().withdrawn();
        LOG.infof("%s the caller was handed over: withdrew dispatch %s", leg.label(), gone.id());
        stragglers.lookFor(new Stragglers.Gone(leg.label(), leg.route().room(), gone, true, false));
    }

    /** 250 ms, 500 ms, 1 s, 2 s, 2 s, … */
    private static Duration pause(int attempt) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
}
