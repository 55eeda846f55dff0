package dev.trunkline.sipapi.calls;

import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallPurpose;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.LegFailed;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.SipCallIds;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferSucceeded;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The live calls according to the events, by LiveKit's id and by ours, and the outcome of the calls that requests wait for.
 * Events are passed in by one thread; all queries may be made from any thread.
 */
public final class CallBook {
    /** How long after a call's end a requester may still start waiting for its outcome. */
    private static final Duration KEPT = Duration.ofSeconds(90);
    /** Maximum number of calls; transfers of further calls are not possible. */
    private static final int MOST = 200_000;

    private final Listener listener;
    private final InstantSource clock;
    private final Map<CallId, WatchedCall> watched = new ConcurrentHashMap<>();
    private final Map<String, CallId> live = new ConcurrentHashMap<>();
    private final Map<CallId, String> names = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Over> over = new ConcurrentLinkedQueue<>();
    /** Used only by the thread that passes in the events. */
    private boolean begun;

    private record Over(CallId callId, Instant since) {}

    /** Called on the thread that passes in the events. */
    public interface Listener {
        /** @param sipCallId as LiveKit calls it */
        void begins(String sipCallId, CallId callId);

        void ends(String sipCallId);
    }

    public CallBook(Listener listener, InstantSource clock) {
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Marks the end of the events from before the start: the listener is told of the calls that are live now, and of each that
     * begins or ends from now on. Must be called on the thread that passes in the events.
     */
    public void begin() {
        begun = true;
        live.forEach(listener::begins);
    }

    /** Returns the outcome of a call, whether events of it have been received or not. */
    public WatchedCall watch(CallId callId) {
        return watched.computeIfAbsent(callId, id -> new WatchedCall());
    }

    /** Removes a call that is no longer awaited, if no event of it was received. */
    public void forget(CallId callId) {
        if (!names.containsKey(callId)) {
            watched.remove(callId);
        }
    }

    public Optional<CallId> find(String sipCallId) {
        return Optional.ofNullable(live.get(sipCallId));
    }

    /** Returns the number of live calls. */
    public int size() {
        return live.size();
    }

    /** Takes one event of a call; events must be passed in order. */
    public void hears(CallEvent event) {
        switch (event) {
            case CallRouted routed -> {
                if (routed.outgoing().isPresent() && watched.size() < MOST) {
                    watch(routed.callId());
                }
            }
            case CallAdmitted admitted -> admitted(admitted);
            case MediaReady ready -> {
                if (!ready.participantSid().isEmpty()) {
                    known(ready.callId()).ifPresent(call -> call.participant().complete(ready.participantSid()));
                }
            }
            case CallAnswered answered -> known(answered.callId()).ifPresent(call -> call.outcome().complete(new Outcome.Answered()));
            case LegFailed failed -> known(failed.callId()).ifPresent(call -> call.legFailed(failed.status()));
            case CallRejected rejected -> ended(rejected.callId(), new Outcome.Refused(rejected.status(), rejected.text()));
            case CallEnded ended -> known(ended.callId()).ifPresent(call -> {
                OptionalInt status = call.legStatus() == 0 ? OptionalInt.empty() : OptionalInt.of(call.legStatus());
                ended(ended.callId(), new Outcome.Failed(ended.reason(), status, ended.reason().sentence()));
            });
            case TransferSucceeded done -> known(done.callId()).ifPresent(call -> call.transfer(done.transfer()).complete(new TransferOutcome.Succeeded()));
            case TransferFailed failed -> known(failed.callId()).ifPresent(call ->
                    call.transfer(failed.transfer()).complete(new TransferOutcome.Failed(failed.status(), failed.detail())));
            default -> { }
        }
        sweep();
    }

    private Optional<WatchedCall> known(CallId callId) {
        return Optional.ofNullable(watched.get(callId));
    }

    private void admitted(CallAdmitted admitted) {
        CallRouted route = admitted.route();
        boolean trial = route.invite().purpose().filter(purpose -> purpose == CallPurpose.TRIAL).isPresent();
        if (trial || watched.size() >= MOST || names.containsKey(route.callId()) || watch(route.callId()).ended()) {
            return;
        }
        String name = SipCallIds.of(route);
        if (live.putIfAbsent(name, route.callId()) == null) {
            names.put(route.callId(), name);
            if (begun) {
                listener.begins(name, route.callId());
            }
        }
    }

    private void ended(CallId callId, Outcome outcome) {
        known(callId).ifPresent(call -> {
            call.outcome().complete(outcome);
            call.end();
            over.add(new Over(callId, clock.instant()));
        });
        Optional.ofNullable(names.remove(callId)).ifPresent(name -> {
            live.remove(name);
            if (begun) {
                listener.ends(name);
            }
        });
    }

    private void sweep() {
        Instant before = clock.instant().minus(KEPT);
        for (Over oldest = over.peek(); oldest != null && oldest.since().isBefore(before); oldest = over.peek()) {
            over.poll();
            watched.remove(oldest.callId());
        }
    }
}
